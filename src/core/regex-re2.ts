import {
  type Alternatives,
  type Anchor,
  type ClassItem,
  horizontalSpace,
  type RegexNode,
  type RegexTree,
  verticalSpace,
} from './regex-syntax.ts';

/** Most repetitions that RE2 takes, nested ones multiplied. */
const repetitionLimit = 1000;

/** Says that a pattern is beyond RE2; never leaves this module. */
class BeyondRe2 extends Error {}

/**
 * The pattern in RE2's syntax (github.com/google/re2/wiki/Syntax), for an engine in which `.` matches a line feed unless
 * told otherwise, as ClickHouse has it. Undefined where RE2 cannot express it.
 */
export function re2Pattern(tree: RegexTree): string | undefined {
  try {
    const all = everyCase(tree.body, true);
    const body = printAlternatives(tree.body, all, 1, true);
    return `${hasLineAny(tree.body) ? '(?-s)' : ''}${all ? '(?i)' : ''}${body}`;
  } catch (error) {
    if (error instanceof BeyondRe2) return undefined;
    throw error;
  }
}

function hasLineAny(body: Alternatives): boolean {
  return visit(body, (node) => node.kind === 'any' && !node.newline);
}

/** Whether there is a node of which the test is true. */
export function visit(body: Alternatives, test: (node: RegexNode) => boolean): boolean {
  const check = (node: RegexNode): boolean =>
    test(node) ||
    (node.kind === 'group' && visit(node.body, test)) ||
    (node.kind === 'quantified' && check(node.node));
  return body.some((sequence) => sequence.some(check));
}

/** Whether everything that has a case has the flag `ignoreCase` with the given value, and something has. */
export function everyCase(body: Alternatives, ignoreCase: boolean): boolean {
  const cased = (node: RegexNode) =>
    (node.kind === 'literal' && isCased(node.point)) ||
    node.kind === 'class' ||
    node.kind === 'backreference';
  return (
    visit(body, cased) &&
    !visit(body, (node) => cased(node) && 'ignoreCase' in node && node.ignoreCase !== ignoreCase)
  );
}

/** Whether a character has upper and lower case. */
export function isCased(point: number): boolean {
  const char = String.fromCodePoint(point);
  return char.toLowerCase() !== char.toUpperCase();
}

/** `last`: nothing of the pattern follows. */
function printAlternatives(body: Alternatives, ignoreCase: boolean, repeated: number, last: boolean): string {
  return body.map((sequence) => printSequence(sequence, ignoreCase, repeated, last)).join('|');
}

/** A sequence; neighbours whose case flag differs from the surroundings share one `(?i:…)`. */
function printSequence(
  sequence: readonly RegexNode[],
  ignoreCase: boolean,
  repeated: number,
  last: boolean,
): string {
  let printed = '';
  let run = '';
  let runFlag: boolean | undefined;
  const close = () => {
    if (runFlag !== undefined) printed += `${runFlag ? '(?i:' : '(?-i:'}${run})`;
    run = '';
    runFlag = undefined;
  };
  for (const [at, node] of sequence.entries()) {
    const ends = last && at === sequence.length - 1;
    const flag = ownFlag(node);
    if (flag === undefined || flag === ignoreCase) {
      close();
      printed += printNode(node, ignoreCase, repeated, ends);
    } else {
      if (runFlag !== flag) close();
      runFlag = flag;
      run += printNode(node, flag, repeated, ends);
    }
  }
  close();
  return printed;
}

function ownFlag(node: RegexNode): boolean | undefined {
  if (node.kind === 'quantified') return ownFlag(node.node);
  if (node.kind === 'literal') return isCased(node.point) ? node.ignoreCase : undefined;
  return node.kind === 'class' ? node.ignoreCase : undefined;
}

const anchors: Record<Anchor, string> = {
  'text-start': '^',
  'text-end': '\\z',
  'text-end-or-newline': '\\n?\\z',
  'line-start': '(?m:^)',
  'line-end': '(?m:$)',
  'word-boundary': '\\b',
  'no-word-boundary': '\\B',
};

function printNode(node: RegexNode, ignoreCase: boolean, repeated: number, last: boolean): string {
  switch (node.kind) {
    case 'literal':
      return printPoint(node.point);
    case 'any':
      return node.newline ? '(?s:.)' : '.';
    case 'class':
      return printClass(node.items, node.negated);
    case 'anchor':
      // It takes the line feed that it only looks at in PCRE: harmless where nothing else could see that.
      if (node.at === 'text-end-or-newline' && !last) throw new BeyondRe2(node.at);
      return anchors[node.at];
    case 'line-break':
      return '(?:\\r\\n|[\\n-\\r\\x{85}\\x{2028}\\x{2029}])';
    case 'group': {
      const body = () => printAlternatives(node.body, ignoreCase, repeated, last);
      if (node.form.kind === 'plain') return `(?:${body()})`;
      if (node.form.kind !== 'capturing') throw new BeyondRe2(node.form.kind);
      return `(${node.form.name === undefined ? '' : `?P<${node.form.name}>`}${body()})`;
    }
    case 'quantified':
      return printQuantified(node, ignoreCase, repeated);
    case 'grapheme':
    case 'keep':
    case 'backreference':
    case 'subroutine':
      throw new BeyondRe2(node.kind);
  }
}

function printQuantified(
  { node, quantifier }: Extract<RegexNode, { kind: 'quantified' }>,
  ignoreCase: boolean,
  repeated: number,
): string {
  const { minimum, maximum, mode } = quantifier;
  if (mode === 'possessive') throw new BeyondRe2(mode);
  const bound = Number.isFinite(maximum) ? maximum : minimum;
  const total = repeated * Math.max(1, bound);
  if (total > repetitionLimit) throw new BeyondRe2('repetitions');
  return `${printNode(node, ignoreCase, total, false)}${quantifierText(minimum, maximum)}${mode === 'lazy' ? '?' : ''}`;
}

/** `*`, `+`, `?` or `{m,n}`. */
export function quantifierText(minimum: number, maximum: number): string {
  if (maximum === Number.POSITIVE_INFINITY) {
    if (minimum === 0) return '*';
    return minimum === 1 ? '+' : `{${minimum},}`;
  }
  if (minimum === 0 && maximum === 1) return '?';
  return minimum === maximum ? `{${minimum}}` : `{${minimum},${maximum}}`;
}

function printPoint(point: number): string {
  if (point < 0x20 || point === 0x7f || (point >= 0xd800 && point <= 0xdfff))
    return `\\x{${point.toString(16)}}`;
  const char = String.fromCodePoint(point);
  return /[\\.+*?()|[\]{}^$&~#-]/.test(char) ? `\\${char}` : char;
}

function printClass(items: readonly ClassItem[], negated: boolean): string {
  const only = items[0];
  if (items.length === 1 && only?.kind === 'shorthand' && /[dws]/.test(only.name) && !negated)
    return only.negated ? `\\${only.name.toUpperCase()}` : `\\${only.name}`;
  if (items.length === 1 && only?.kind === 'shorthand' && /[hv]/.test(only.name))
    return `[${negated !== only.negated ? '^' : ''}${printItem({ ...only, negated: false })}]`;
  return `[${negated ? '^' : ''}${items.map(printItem).join('')}]`;
}

function printItem(item: ClassItem): string {
  if (item.kind === 'range')
    return item.from === item.to ? printPoint(item.from) : `${printPoint(item.from)}-${printPoint(item.to)}`;
  if (item.kind === 'posix') return `[:${item.negated ? '^' : ''}${item.name}:]`;
  if (item.kind === 'property') {
    if (!/^(?:[A-Z][a-z]?|[A-Z][a-z]+(?:_[A-Z][a-z]+)*)$/.test(item.name)) throw new BeyondRe2(item.name);
    return `\\${item.negated ? 'P' : 'p'}{${item.name}}`;
  }
  if (/[dws]/.test(item.name)) return `\\${item.negated ? item.name.toUpperCase() : item.name}`;
  if (item.negated) throw new BeyondRe2(item.name);
  const ranges = item.name === 'h' ? horizontalSpace : verticalSpace;
  return ranges.map(([from, to]) => printItem({ kind: 'range', from, to })).join('');
}
