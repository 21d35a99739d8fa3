/** The lessons, in the order of their numbers; their texts are those of docs/lessons. */
import { type Lesson, parseLesson } from './lesson.ts';

const TEXTS = import.meta.glob<string>('../../../docs/lessons/[0-9]*.md', {
  eager: true,
  query: '?raw',
  import: 'default',
});

export const LESSONS: readonly Lesson[] = Object.entries(TEXTS)
  .map(([path, text]) => parseLesson(/(\d+)-[^/]*$/.exec(path)![1], text))
  .sort((a, b) => Number(a.id) - Number(b.id));
