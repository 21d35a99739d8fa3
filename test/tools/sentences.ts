/** The sentences of a Markdown file and of a component's code, and the titles of a file of tests. */
import { parseSync } from 'vite';

type Node = { type: string; [key: string]: unknown };

/** Elements that stand within a sentence. */
const INLINE = new Set(['strong', 'b', 'em', 'i', 'code', 'kbd', 'a', 'span', 'small']);

/** Sentences of a Markdown file: without headings, tables and generated parts; each line of code is one. */
export function markdownSentences(markdown: string): string[] {
  const code: string[] = [];
  const prose = markdown
    .replace(/<!--.*?<!-- end.*?-->/gs, '')
    .replace(/^```[^\n]*\n(.*?)^```$/gms, (_, lines: string) => {
      code.push(...lines.split('\n'));
      return '';
    })
    .replace(/^(#|\||!\[).*$/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*?|`/g, '');
  const blocks = prose.split(/\n\s*\n|^(?:- |> )/m);
  return [...blocks, ...code].flatMap(split);
}

/** Fixed texts of a component or a command, with “…” for what is computed. */
export function codeSentences(path: string, code: string): string[] {
  const texts = [...nodes(parseSync(path, code).program)]
    .filter((node) => node.type !== 'JSXElement' || children(node).some(hasWords))
    .map(textOf);
  const found = [...new Set(texts.flatMap(split))];
  // An element's text holds that of the elements within it.
  return found.filter((one) => !found.some((other) => other !== one && other.includes(one)));
}

/** What the tests and groups of a file are called; those that are skipped are none. */
export function testTitles(path: string, code: string): string[] {
  return [...nodes(parseSync(path, code).program)]
    .filter(({ type, callee }) => type === 'CallExpression' && isTest(callee as Node))
    .map((node) => textOf((node.arguments as Node[])[0] ?? node));
}

/** Three words and an end, or five words: what is shorter is a heading, a label or a name. */
function split(text: string): string[] {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .split(/(?<=[.?!])\s+(?=[\p{Lu}“…])/u)
    .filter((one) => {
      const words = one.split(' ').filter((word) => /\p{L}{2}/u.test(word)).length;
      return words >= 5 || (words >= 3 && /[.?!]$/.test(one));
    });
}

/** Every node of a tree that isn't a part of a longer text of code. */
function* nodes(tree: unknown): Generator<Node> {
  if (Array.isArray(tree)) for (const one of tree) yield* nodes(one);
  else if (tree && typeof tree === 'object') {
    if (typeof (tree as Node).type === 'string') yield tree as Node;
    for (const value of Object.values(tree)) yield* nodes(value);
  }
}

function textOf(node: Node): string {
  switch (node.type) {
    case 'JSXText':
      return (node.value as string).replace(/\s+/g, ' ');
    case 'Literal':
      return typeof node.value === 'string' ? node.value : '…';
    case 'TemplateLiteral':
      return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…');
    case 'BinaryExpression':
      return node.operator === '+' ? textOf(node.left as Node) + textOf(node.right as Node) : '…';
    case 'JSXExpressionContainer':
      return textOf(node.expression as Node);
    case 'JSXEmptyExpression':
      return '';
    case 'JSXElement':
      return children(node)
        .map((child) => (child.type === 'JSXElement' && !isInline(child) ? '…' : textOf(child)))
        .join('');
    default:
      return '…';
  }
}

const children = (node: Node) => node.children as Node[];
const hasWords = (node: Node) => node.type === 'JSXText' && (node.value as string).trim() !== '';
const isInline = ({ openingElement }: Node) =>
  INLINE.has((openingElement as { name: { name: string } }).name.name);

/** `test(…)`, `describe.each(…)(…)` and their like. */
function isTest(callee: Node): boolean {
  const { name, property, object, tag } = callee as Record<string, Node | undefined> & { name?: string };
  if (typeof name === 'string') return /^(test|it|describe\w*)$/.test(name);
  if (/^(skip|todo)$/.test(String(property?.name))) return false;
  const inner = object ?? tag ?? (callee.callee as Node | undefined);
  return inner !== undefined && isTest(inner);
}
