import type { RegexComplaint } from './regex-complaint.ts';
import { type Anchor, type ClassItem, posixRanges, type RegexNode } from './regex-syntax.ts';

/** What the readers of escapes and classes need of the pattern's reader. */
export interface EscapeReader {
  readonly text: string;
  at: number;
  readonly ignoreCase: boolean;
  /** An upper bound on the number of capturing groups, to tell `\10` from an octal code. */
  readonly groupCount: number;
  fail(message: RegexComplaint, offset: number): never;
  reference(to: number | string, offset: number): void;
}

const anchors: ReadonlyMap<string, Anchor> = new Map([
  ['A', 'text-start'],
  ['z', 'text-end'],
  ['Z', 'text-end-or-newline'],
  ['b', 'word-boundary'],
  ['B', 'no-word-boundary'],
]);

const controls: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['e', 27],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
]);

/** Reads an escape outside a class; `\Q…\E` gives several nodes. */
export function readEscape(reader: EscapeReader): readonly RegexNode[] {
  const start = reader.at;
  const letter = reader.text[start + 1];
  if (letter === undefined) reader.fail('\\ at the end of the pattern', start);
  const anchor = anchors.get(letter);
  if (anchor) return advance(reader, 2, { kind: 'anchor', at: anchor });
  if (letter === 'R') return advance(reader, 2, { kind: 'line-break' });
  if (letter === 'X') return advance(reader, 2, { kind: 'grapheme' });
  if (letter === 'K') return advance(reader, 2, { kind: 'keep' });
  if (letter === 'N' && reader.text[start + 2] !== '{')
    return advance(reader, 2, { kind: 'any', newline: false });
  if (letter === 'G') reader.fail('\\G is not supported', start);
  if (letter === 'C') reader.fail('\\C is not supported', start);
  if (letter === 'E') {
    reader.at += 2;
    return [];
  }
  if (letter === 'Q') return readQuoted(reader).map((point) => literal(point, reader));
  const back = backreference(reader);
  if (back) return [back];
  const item = readItem(reader);
  if (item.kind === 'range') return [literal(item.from, reader)];
  return [{ kind: 'class', negated: false, items: [item], ignoreCase: reader.ignoreCase }];
}

function advance(reader: EscapeReader, length: number, node: RegexNode): readonly RegexNode[] {
  reader.at += length;
  return [node];
}

function literal(point: number, reader: EscapeReader): RegexNode {
  return { kind: 'literal', point, ignoreCase: reader.ignoreCase };
}

function readQuoted(reader: EscapeReader): readonly number[] {
  const end = reader.text.indexOf('\\E', reader.at);
  const quoted = reader.text.slice(reader.at + 2, end < 0 ? undefined : end);
  reader.at = end < 0 ? reader.text.length : end + 2;
  return [...quoted].map((char) => char.codePointAt(0) as number);
}

function backreference(reader: EscapeReader): RegexNode | undefined {
  const start = reader.at;
  const rest = reader.text.slice(start, start + 300);
  const named = /^\\(?:k(?:<(\w+)>|'(\w+)'|\{(\w+)\})|g\{([A-Za-z_]\w*)\})/.exec(rest);
  const numbered = /^\\(?:([1-9]\d?)|g(-?\d+)|g\{(-?\d+)\})/.exec(rest);
  const subroutine = /^\\g(?:<(\w+)>|'(\w+)')/.exec(rest);
  if (subroutine) {
    reader.at += subroutine[0].length;
    const name = (subroutine[1] ?? subroutine[2]) as string;
    const to = /^\d+$/.test(name) ? Number(name) : name;
    reader.reference(to, start);
    return { kind: 'subroutine', to };
  }
  let to: number | string;
  if (named) to = (named[1] ?? named[2] ?? named[3] ?? named[4]) as string;
  else if (numbered) {
    to = Number(numbered[1] ?? numbered[2] ?? numbered[3]);
    // \10 and above are octal codes where there are not that many groups.
    if (numbered[1] !== undefined && to > 9 && to > reader.groupCount) return undefined;
    if (to < 0) to += (reader.text.slice(0, start).match(/\((?!\?(?!P?<[A-Za-z_]|'))/g) ?? []).length + 1;
  } else return undefined;
  reader.at += ((named ?? numbered) as RegExpExecArray)[0].length;
  reader.reference(to, start);
  return { kind: 'backreference', to, ignoreCase: reader.ignoreCase };
}

/** Reads an escape that stands for a character or a set of them; the same in and out of classes. */
function readItem(reader: EscapeReader): ClassItem {
  const start = reader.at;
  const rest = reader.text.slice(start, start + 80);
  const letter = rest[1] as string;
  const property = /^\\([pP])(?:\{(\^?)([A-Za-z0-9_ &=-]+)\}|([A-Z]))/.exec(rest);
  if (property) {
    reader.at += property[0].length;
    const negated = (property[1] === 'P') !== (property[2] === '^');
    return { kind: 'property', name: (property[3] ?? property[4]) as string, negated };
  }
  if (letter === 'p' || letter === 'P') reader.fail('malformed \\p or \\P', start);
  if (/[dwshv]/i.test(letter)) {
    reader.at += 2;
    return { kind: 'shorthand', name: letter.toLowerCase(), negated: letter !== letter.toLowerCase() };
  }
  const control = controls.get(letter);
  const coded = /^\\x\{([0-9A-Fa-f]{1,6})\}/.exec(rest) ?? /^\\x([0-9A-Fa-f]{0,2})/.exec(rest) ?? undefined;
  const octal = /^\\(?:o\{([0-7]{1,7})\}|(0[0-7]{0,2}|[1-7][0-7]{1,2}))/.exec(rest);
  const typed = /^\\c([@-_a-z?])/.exec(rest);
  let point: number;
  if (control !== undefined) {
    point = control;
    reader.at += 2;
  } else if (coded) {
    point = Number.parseInt(coded[1] || '0', 16);
    reader.at += coded[0].length;
  } else if (octal) {
    point = Number.parseInt((octal[1] ?? octal[2]) as string, 8);
    reader.at += octal[0].length;
  } else if (typed) {
    point = (typed[1] as string).toUpperCase().charCodeAt(0) ^ 64;
    reader.at += 3;
  } else {
    // A backslash before anything else means the character itself.
    point = reader.text.codePointAt(start + 1) as number;
    reader.at += 1 + String.fromCodePoint(point).length;
  }
  if (point > 0x10ffff) reader.fail('character code is too large', start);
  return { kind: 'range', from: point, to: point };
}

/** Reads `[…]`. */
export function readClass(reader: EscapeReader): RegexNode {
  const start = reader.at;
  reader.at++;
  const negated = reader.text[reader.at] === '^';
  if (negated) reader.at++;
  const items: ClassItem[] = [];
  let first = true;
  for (;;) {
    if (reader.at >= reader.text.length) reader.fail('missing terminating ] for a character class', start);
    if (reader.text[reader.at] === ']' && !first) break;
    first = false;
    for (const item of classItems(reader, start)) {
      const range = item.kind === 'range' ? rangeEnd(reader, item.from, start) : undefined;
      items.push(range ?? item);
    }
  }
  reader.at++;
  return { kind: 'class', negated, items, ignoreCase: reader.ignoreCase };
}

function classItems(reader: EscapeReader, classStart: number): readonly ClassItem[] {
  const start = reader.at;
  const posix = /^\[([:.=])(\^?)(\w+)\1\]/.exec(reader.text.slice(start, start + 40));
  if (posix) {
    const name = posix[3] as string;
    if (posix[1] !== ':') reader.fail('POSIX collating elements are not supported', start);
    if (!posixRanges.has(name)) reader.fail(`unknown POSIX class name ${name}`, start);
    reader.at += posix[0].length;
    return [{ kind: 'posix', name, negated: posix[2] === '^' }];
  }
  if (reader.text[start] !== '\\') {
    const point = reader.text.codePointAt(start) as number;
    reader.at += String.fromCodePoint(point).length;
    return [{ kind: 'range', from: point, to: point }];
  }
  const letter = reader.text[start + 1];
  if (letter === undefined) reader.fail('missing terminating ] for a character class', classStart);
  if (letter === 'b') {
    reader.at += 2;
    return [{ kind: 'range', from: 8, to: 8 }];
  }
  if (letter === 'Q') return readQuoted(reader).map((point) => ({ kind: 'range', from: point, to: point }));
  if (letter === 'E') {
    reader.at += 2;
    return [];
  }
  if (/[BRX]/.test(letter)) reader.fail(`\\${letter} is not supported in a character class`, start);
  return [readItem(reader)];
}

/** The range that begins with a character, where a hyphen and its end follow; a set after the hyphen makes it literal. */
function rangeEnd(reader: EscapeReader, from: number, classStart: number): ClassItem | undefined {
  const hyphen = reader.at;
  const next = reader.text[hyphen + 1];
  if (reader.text[hyphen] !== '-' || next === undefined || next === ']') return undefined;
  reader.at++;
  const ends = classItems(reader, classStart);
  const end = ends[0];
  if (ends.length !== 1 || end?.kind !== 'range') {
    reader.at = hyphen;
    return undefined;
  }
  if (end.from < from) reader.fail('range out of order in character class', hyphen);
  return { kind: 'range', from, to: end.from };
}
