/** The lessons: every text in docs/lessons is one, and everything it offers to do is there. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ACTS } from '../../../src/ui/lessons/acts.ts';
import { parseLesson } from '../../../src/ui/lessons/lesson.ts';
import { placeOf } from '../../../src/ui/lessons/place.ts';

const FOLDER = new URL('../../../docs/lessons/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => /^\d/.test(name));
const lessons = FILES.map((name) =>
  parseLesson(name.split('-')[0], readFileSync(new URL(name, FOLDER), 'utf8')),
);

test('there are five, numbered from 1', () => {
  expect(lessons.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
});

describe.each(lessons)('lesson $id', ({ steps, question, summary }) => {
  test('says how long it takes', () => {
    expect(summary.map(({ raw }) => raw).join('')).toMatch(/^\*\d+ minutes/);
  });

  test('every step says something, and most of them what to look at', () => {
    for (const { text } of steps) expect(text.length).toBeGreaterThan(0);
    const looks = steps.filter(({ text }) => text.some(({ raw }) => raw.startsWith('**Look at:**')));
    expect(looks.length).toBeGreaterThanOrEqual(steps.length - 1);
  });

  test('everything it offers to do can be done', () => {
    const acts = steps.flatMap(({ acts }) => acts);
    expect(acts.length).toBeGreaterThan(0);
    for (const { act, label } of acts) {
      expect(Object.keys(ACTS)).toContain(act);
      expect(label).not.toBe('');
    }
  });

  test('its question has one right answer and says why', () => {
    expect(question.text.length).toBeGreaterThan(0);
    expect(question.answers.length).toBeGreaterThanOrEqual(3);
    expect(question.answers.filter(({ right }) => right)).toHaveLength(1);
    expect(question.why.length).toBeGreaterThan(0);
  });
});

test.each([
  ['no question', '# A\n\nb\n\n## Step\n\ntext'],
  ['no right answer', '# A\n\nb\n\n## Step\n\ntext\n\n## Question\n\nq\n\n- [ ] a\n- [ ] b'],
  ['no step', '# A\n\nb\n\n## Question\n\nq\n\n- [x] a\n- [ ] b'],
])('a text with %s is refused', (_, text) => {
  expect(() => parseLesson('9', text)).toThrow(/Lesson 9/);
});

test('an address names a lesson and its step; what it can’t name is no lesson, or its first step', () => {
  const at = (address?: string) => {
    const place = placeOf(address, lessons);
    return place && [place.lesson.id, place.step];
  };
  expect(at('3.2')).toEqual(['3', 1]);
  expect(at('3')).toEqual(['3', 0]);
  expect(at(`1.${lessons[0].steps.length + 1}`)).toEqual(['1', lessons[0].steps.length]);
  expect(at('1.99')).toEqual(['1', 0]);
  expect(at('1.x')).toEqual(['1', 0]);
  expect(at('9.1')).toBeNull();
  expect(at(undefined)).toBeNull();
});
