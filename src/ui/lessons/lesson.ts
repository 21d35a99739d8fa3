/** A lesson, parsed from docs/lessons: steps with things to look at, and a question at the end. */
import { marked, type Token, type Tokens } from 'marked';
import type { ActName } from './acts.ts';

export type Step = {
  title: string;
  /** Paragraphs and lists, as marked's tokens; acts are not among them. */
  text: Token[];
  acts: { label: string; act: ActName }[];
};

export type Answer = { text: Token[]; right: boolean };

export type Lesson = {
  /** The number at the start of its file name, also used in addresses. */
  id: string;
  title: string;
  /** Its duration and subject. */
  summary: Token[];
  steps: Step[];
  question: { text: Token[]; answers: Answer[]; why: Token[] };
};

const QUESTION = 'Question';

/**
 * Reads a lesson's Markdown: a first-level heading, a summary, a second-level heading for each step, and at the end
 * “Question” with a task list whose ticked item is right. A paragraph that is one link to `#name` is an action.
 * @throws Error if the text has another structure
 */
export function parseLesson(id: string, markdown: string): Lesson {
  const [title, ...sections] = sectionsOf(marked.lexer(markdown));
  const last = sections.pop();
  if (!title || sections.length === 0 || last?.title !== QUESTION) throw malformed(id);
  return {
    id,
    title: title.title,
    summary: title.tokens,
    steps: sections.map(({ title, tokens }) => ({
      title,
      text: tokens.filter((token) => !actOf(token)),
      acts: tokens.map(actOf).filter((act) => act !== null),
    })),
    question: questionOf(id, last.tokens),
  };
}

type Section = { title: string; tokens: Token[] };

function sectionsOf(tokens: readonly Token[]): Section[] {
  const sections: Section[] = [];
  for (const token of tokens) {
    if (token.type === 'heading') sections.push({ title: (token as Tokens.Heading).text, tokens: [] });
    else if (token.type !== 'space') sections.at(-1)?.tokens.push(token);
  }
  return sections;
}

function questionOf(id: string, tokens: readonly Token[]): Lesson['question'] {
  const at = tokens.findIndex(({ type }) => type === 'list');
  const answers = at < 0 ? [] : (tokens[at] as Tokens.List).items.map(answerOf);
  if (answers.filter(({ right }) => right).length !== 1) throw malformed(id);
  return { text: tokens.slice(0, at), answers, why: tokens.slice(at + 1) };
}

function answerOf({ checked, tokens }: Tokens.ListItem): Answer {
  return { text: tokens.filter(({ type }) => type !== 'checkbox'), right: checked === true };
}

/** `[What to do](#act)` alone in its paragraph. */
function actOf(token: Token): Step['acts'][number] | null {
  if (token.type !== 'paragraph') return null;
  const { tokens } = token as Tokens.Paragraph;
  if (tokens.length !== 1 || tokens[0].type !== 'link') return null;
  const { href, text } = tokens[0] as Tokens.Link;
  return href.startsWith('#') ? { label: text, act: href.slice(1) as ActName } : null;
}

function malformed(id: string): Error {
  return new Error(`Lesson ${id} is not written as lessons are: see docs/lessons/README.md.`);
}
