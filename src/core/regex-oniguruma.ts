import { everyCase, isCased, quantifierText } from './regex-re2.ts';
import {
  type Alternatives,
  type Anchor,
  type ClassItem,
  horizontalSpace,
  posixRanges,
  type RegexGroup,
  type RegexNode,
  type RegexTree,
  verticalSpace,
} from './regex-syntax.ts';

/**
 * The pattern in Oniguruma's syntax (github.com/kkos/oniguruma, doc/RE), which has everything that PCRE has but means some
 * of it otherwise: classes are ASCII here as in PCRE, and anchors are written so that they mean one thing only.
 */
export function onigurumaPattern(tree: RegexTree): string {
  const all = everyCase(tree.body, true);
  return `${all ? '(?i)' : ''}${printAlternatives(tree.body, { ignoreCase: all, groups: tree.groups })}`;
}

interface Surroundings {
  readonly ignoreCase: boolean;
  readonly groups: readonly RegexGroup[];
}

function printAlternatives(body: Alternatives, around: Surroundings): string {
  return body.map((sequence) => sequence.map((node) => printNode(node, around)).join('')).join('|');
}

const anchors: Record<Anchor, string> = {
  'text-start': '\\A',
  'text-end': '\\z',
  'text-end-or-newline': '\\Z',
  'line-start': '^',
  'line-end': '$',
  'word-boundary': '\\b',
  'no-word-boundary': '\\B',
};

function printNode(node: RegexNode, around: Surroundings): string {
  switch (node.kind) {
    case 'literal':
      return isCased(node.point)
        ? withCase(printPoint(node.point), node.ignoreCase, around)
        : printPoint(node.point);
    case 'any':
      return node.newline ? '(?m:.)' : '[^\\n]';
    case 'class':
      return withCase(printClass(node.items, node.negated), node.ignoreCase, around);
    case 'anchor':
      return anchors[node.at];
    case 'line-break':
      return '(?>\\r\\n|[\\x{0A}-\\x{0D}\\x{85}\\x{2028}\\x{2029}])';
    case 'grapheme':
      return '\\X';
    case 'keep':
      return '\\K';
    case 'backreference':
      return withCase(`\\k<${groupReference(node.to, around)}>`, node.ignoreCase, around);
    case 'subroutine':
      return `\\g<${node.to === 0 ? '0' : groupReference(node.to, around)}>`;
    case 'group':
      return `(${opening(node.form)}${printAlternatives(node.body, around)})`;
    case 'quantified': {
      const { minimum, maximum, mode } = node.quantifier;
      const repeated = `${printNode(node.node, around)}${quantifierText(minimum, maximum)}`;
      if (mode === 'possessive') return `(?>${repeated})`;
      // A lazy mark behind an exact count would make it optional.
      return mode === 'lazy' && minimum !== maximum ? `${repeated}?` : repeated;
    }
  }
}

function opening(form: Extract<RegexNode, { kind: 'group' }>['form']): string {
  switch (form.kind) {
    case 'capturing':
      return form.name === undefined ? '' : `?<${form.name}>`;
    case 'plain':
      return '?:';
    case 'atomic':
      return '?>';
    case 'look':
      return `?${form.ahead ? '' : '<'}${form.negated ? '!' : '='}`;
  }
}

/** Numbers cannot name groups that have a name. */
function groupReference(to: number | string, { groups }: Surroundings): string {
  return String(groups.find((group) => group.number === to)?.name ?? to);
}

function withCase(text: string, ignoreCase: boolean, around: Surroundings): string {
  if (ignoreCase === around.ignoreCase) return text;
  return `${ignoreCase ? '(?i:' : '(?-i:'}${text})`;
}

function printPoint(point: number): string {
  const char = String.fromCodePoint(point);
  return /[A-Za-z0-9_ ]/.test(char) ? char : `\\x{${point.toString(16).toUpperCase()}}`;
}

function printClass(items: readonly ClassItem[], negated: boolean): string {
  return `[${negated ? '^' : ''}${items.map(printItem).join('')}]`;
}

function printItem(item: ClassItem): string {
  if (item.kind === 'range')
    return item.from === item.to ? printPoint(item.from) : `${printPoint(item.from)}-${printPoint(item.to)}`;
  if (item.kind === 'property') return `\\p{${item.negated ? '^' : ''}${item.name}}`;
  const ranges = shorthandRanges(item.name) ?? posixRanges.get(item.name) ?? [];
  return (item.negated ? complement(ranges) : ranges)
    .map(([from, to]) => printItem({ kind: 'range', from, to }))
    .join('');
}

/** All code points but those of the ranges, which are in order. */
function complement(ranges: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  return [...gaps, [next, 0x10ffff]];
}

function shorthandRanges(name: string): readonly (readonly [number, number])[] | undefined {
  if (name === 'h') return horizontalSpace;
  if (name === 'v') return verticalSpace;
  const posix = { d: 'digit', w: 'word', s: 'space' }[name];
  return posix === undefined ? undefined : posixRanges.get(posix);
}
