import type { RegexComplaint } from './regex-complaint.ts';

/** The syntax tree of a PCRE pattern. Flags `s`, `m`, `x`, `U` are resolved into it; `i` stays with what it applies to. */
export type RegexNode =
  | { readonly kind: 'literal'; readonly point: number; readonly ignoreCase: boolean }
  | {
      readonly kind: 'class';
      readonly negated: boolean;
      readonly items: readonly ClassItem[];
      readonly ignoreCase: boolean;
    }
  /** `.`; with `newline` it matches a line feed too. */
  | { readonly kind: 'any'; readonly newline: boolean }
  | { readonly kind: 'anchor'; readonly at: Anchor }
  | { readonly kind: 'line-break' }
  | { readonly kind: 'grapheme' }
  /** `\K`: the match begins here. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'group'; readonly form: GroupForm; readonly body: Alternatives }
  | { readonly kind: 'quantified'; readonly node: RegexNode; readonly quantifier: Quantifier }
  | { readonly kind: 'backreference'; readonly to: number | string; readonly ignoreCase: boolean }
  /** `(?R)`, `(?1)`, `(?&name)`. */
  | { readonly kind: 'subroutine'; readonly to: number | string };

export type Alternatives = readonly (readonly RegexNode[])[];

export type Anchor =
  | 'text-start'
  | 'text-end'
  /** End, or before a line feed that ends the text: `$` and `\Z`. */
  | 'text-end-or-newline'
  | 'line-start'
  | 'line-end'
  | 'word-boundary'
  | 'no-word-boundary';

export type GroupForm =
  | { readonly kind: 'capturing'; readonly number: number; readonly name: string | undefined }
  | { readonly kind: 'plain' }
  | { readonly kind: 'atomic' }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negated: boolean };

export interface Quantifier {
  readonly minimum: number;
  /** Infinity where there is no upper bound. */
  readonly maximum: number;
  readonly mode: 'greedy' | 'lazy' | 'possessive';
}

/** `shorthand` is one of `d w s h v N`, `posix` the name in `[:name:]`, `property` the name in `\p{name}`. */
export type ClassItem =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'shorthand' | 'posix' | 'property'; readonly name: string; readonly negated: boolean };

/** A capturing group; `name` where it has one. Groups are numbered by their opening parenthesis, from 1. */
export interface RegexGroup {
  readonly number: number;
  readonly name: string | undefined;
}

export interface RegexTree {
  readonly kind: 'tree';
  readonly body: Alternatives;
  readonly groups: readonly RegexGroup[];
}

/** What is wrong with a pattern; `offset` in UTF-16 units. */
export interface RegexFault {
  readonly kind: 'invalid';
  readonly message: RegexComplaint;
  readonly offset: number;
}

/** Code points of `\h` and `\v` (pcre2pattern, "Generic character types"). */
export const horizontalSpace: readonly (readonly [number, number])[] = [
  [0x09, 0x09],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];
export const verticalSpace: readonly (readonly [number, number])[] = [
  [0x0a, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];

/** ASCII ranges of the POSIX classes, as PCRE has them without Unicode properties. */
export const posixRanges: ReadonlyMap<string, readonly (readonly [number, number])[]> = new Map([
  [
    'alpha',
    [
      [0x41, 0x5a],
      [0x61, 0x7a],
    ],
  ],
  ['digit', [[0x30, 0x39]]],
  [
    'alnum',
    [
      [0x30, 0x39],
      [0x41, 0x5a],
      [0x61, 0x7a],
    ],
  ],
  ['upper', [[0x41, 0x5a]]],
  ['lower', [[0x61, 0x7a]]],
  [
    'space',
    [
      [0x09, 0x0d],
      [0x20, 0x20],
    ],
  ],
  [
    'blank',
    [
      [0x09, 0x09],
      [0x20, 0x20],
    ],
  ],
  [
    'punct',
    [
      [0x21, 0x2f],
      [0x3a, 0x40],
      [0x5b, 0x60],
      [0x7b, 0x7e],
    ],
  ],
  [
    'cntrl',
    [
      [0x00, 0x1f],
      [0x7f, 0x7f],
    ],
  ],
  ['graph', [[0x21, 0x7e]]],
  ['print', [[0x20, 0x7e]]],
  [
    'xdigit',
    [
      [0x30, 0x39],
      [0x41, 0x46],
      [0x61, 0x66],
    ],
  ],
  [
    'word',
    [
      [0x30, 0x39],
      [0x41, 0x5a],
      [0x5f, 0x5f],
      [0x61, 0x7a],
    ],
  ],
  ['ascii', [[0x00, 0x7f]]],
]);
