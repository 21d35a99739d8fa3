/**
 * The mutants of a TypeScript file: small changes of meaning (conditions, comparisons, arithmetic, calls, results,
 * entries), never of texts. One instrumented source contains all of them, and globalThis.__mutant(id) turns one on.
 */
import { parseAst } from 'vite';

/** @typedef {{ id: number, line: number, was: string, now: string }} Mutant */

/** @type {Record<string, string[]>} */
const SWITCHED = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
};
/** Methods whose removal leaves their object as the result. */
const PASSING = new Set(['filter', 'sort', 'toSorted', 'reverse', 'toReversed', 'slice', 'trim']);
const EXCHANGED = new Map(Object.entries({ some: 'every', every: 'some', min: 'max', max: 'min' }));
/** Parents and the key of a child that is not a value, so no replacement is possible. */
/** @type {Record<string, string>} */
const PLACES = {
  AssignmentExpression: 'left',
  UpdateExpression: 'argument',
  ForInStatement: 'left',
  ForOfStatement: 'left',
  UnaryExpression: 'argument',
  CallExpression: 'callee',
  TaggedTemplateExpression: 'quasi',
};

/** @param {any} node @returns {boolean} a text, or a sum that contains a text */
function isText(node) {
  if (node.type === 'Literal') return typeof node.value === 'string';
  if (node.type === 'ParenthesizedExpression') return isText(node.expression);
  return (
    node.type === 'TemplateLiteral' ||
    (node.type === 'BinaryExpression' && (isText(node.left) || isText(node.right)))
  );
}

/** @param {any} node @param {(node: any) => string} text the parser omits parentheses */
function operand(node, text) {
  return /^(Binary|Logical|Conditional)/.test(node.type) ? `(${text(node)})` : text(node);
}

/** @param {any} node @param {(node: any) => string} text @returns {string[]} replacements for this value */
function values(node, text) {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      if (node.operator === '??') return [text(node.left), text(node.right)];
      if (isText(node)) return [];
      const operators = SWITCHED[node.operator] ?? [];
      const [left, right] = [node.left, node.right].map((side) => operand(side, text));
      return operators.map((operator) => `${left} ${operator} ${right}`);
    }
    case 'ConditionalExpression':
      return [text(node.consequent), text(node.alternate)];
    case 'UnaryExpression':
      return node.operator === '!' || node.operator === '-' ? [text(node.argument)] : [];
    case 'UpdateExpression':
      return [text(node).replace(/\+\+|--/, (sign) => (sign === '++' ? '--' : '++'))];
    case 'AssignmentExpression': {
      const operators = SWITCHED[node.operator] ?? [];
      return operators.map((operator) => `${text(node.left)} ${operator} ${text(node.right)}`);
    }
    case 'Literal':
      return typeof node.value === 'boolean' ? [String(!node.value)] : [];
    case 'ArrayExpression':
      return node.elements.length > 0 ? ['[]'] : [];
    case 'ObjectExpression':
      return node.properties
        .filter((/** @type {any} */ p) => p.type === 'SpreadElement' || !isText(p.value))
        .map((/** @type {any} */ gone) => {
          const rest = node.properties.filter((/** @type {any} */ property) => property !== gone);
          return `({ ${rest.map(text).join(', ')} })`;
        });
    case 'ArrowFunctionExpression':
      return node.expression && !isText(node.body) ? ['() => undefined'] : [];
    case 'CallExpression': {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' || callee.computed) return [];
      const { name } = callee.property;
      if (PASSING.has(name)) return [text(callee.object)];
      const other = EXCHANGED.get(name);
      const given = node.arguments.map(text).join(', ');
      return other ? [`${text(callee.object)}.${other}(${given})`] : [];
    }
    default:
      return [];
  }
}

/** @param {any} node @returns {boolean} a statement with an effect and no declaration */
function acts(node) {
  if (node.type !== 'ExpressionStatement' || node.directive) return false;
  const { type, argument, callee } = node.expression;
  if (type === 'CallExpression') return callee.type !== 'Super';
  return (
    type === 'AssignmentExpression' || (type === 'AwaitExpression' && argument.type === 'CallExpression')
  );
}

/**
 * @param {string} source @param {string} path
 * @param {number} first the id of the first mutant
 * @returns {{ code: string, mutants: Mutant[] }}
 */
export function mutantsOf(source, path, first) {
  /** @type {Mutant[]} */
  const mutants = [];
  /** @param {any} node */
  const text = (node) => source.slice(node.start, node.end);
  /** @param {any} node @param {string} now */
  const add = (node, now) => {
    const line = source.slice(0, node.start).split('\n').length;
    const [was, becomes] = [text(node), now].map((code) => code.replace(/\s+/g, ' ').slice(0, 90));
    mutants.push({ id: first + mutants.length, line, was, now: becomes });
    return `__m(${first + mutants.length - 1})`;
  };
  /** @param {any} node @param {string} now @param {string} otherwise */
  const choose = (node, now, otherwise) => `(${add(node, now)} ? (${now}) : ${otherwise})`;

  /** @param {any} node @param {any} parent @param {string} key @param {boolean} chained */
  const render = (node, parent, key, chained) => {
    if (node.type.startsWith('TS') && !node.expression) return text(node);
    if (node.type.startsWith('Import')) return text(node);
    // The text of an error or a notice carries no meaning for the code; calls with it do.
    if (node.type === 'NewExpression' && text(node.callee).endsWith('Error')) return text(node);
    let code = inside(node, chained);
    if (acts(node)) return `{ if (!${add(node, '')}) { ${code} } }`;
    if (node.type === 'ReturnStatement' && node.argument && !isText(node.argument)) {
      return `{ if (${add(node, 'return undefined')}) return undefined; ${code} }`;
    }
    if (key === 'test' && (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression')) {
      if (parent.type === 'IfStatement') code = choose(node, 'true', choose(node, 'false', code));
    } else if (key === 'test' && parent.type !== 'SwitchCase') code = choose(node, 'false', code);
    const place = PLACES[parent?.type] === key;
    const negated = parent?.type === 'UnaryExpression' && parent.operator === '!';
    if ((place && !negated) || chained || /Pattern$|^TS/.test(parent?.type ?? '')) return code;
    if (parent?.type === 'Property' && (key === 'key' || parent.shorthand)) return code;
    for (const now of values(node, text)) code = choose(node, now, code);
    return code;
  };

  /** @param {any} node @param {boolean} chained inside a?.b.c, which is mutated only as a whole */
  const inside = (node, chained) => {
    /** @type {{ start: number, end: number, code: string }[]} */
    const parts = [];
    for (const [key, child] of Object.entries(node)) {
      for (const one of Array.isArray(child) ? child : [child]) {
        if (typeof one?.type !== 'string') continue;
        if (node.type === 'Property' && node.shorthand && key === 'key') continue;
        const inChain =
          node.type === 'ChainExpression' || (chained && (key === 'object' || key === 'callee'));
        parts.push({ start: one.start, end: one.end, code: render(one, node, key, inChain) });
      }
    }
    parts.sort((a, b) => a.start - b.start);
    let code = '';
    let at = node.start;
    for (const part of parts) {
      code += source.slice(at, part.start) + part.code;
      at = part.end;
    }
    return code + source.slice(at, node.end);
  };

  const ast = parseAst(source, { lang: 'ts' }, path);
  const code = inside({ ...ast, start: 0, end: source.length }, false);
  const prelude = 'function __m(id) { return globalThis.__mutant?.(id) === true; } ';
  return { code: prelude + code, mutants };
}
