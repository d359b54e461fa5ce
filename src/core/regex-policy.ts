import { toRegExpDetails } from 'oniguruma-to-es';
import { onigurumaPattern } from './regex-oniguruma.ts';
import { parseRegex } from './regex-parse.ts';
import { re2Pattern } from './regex-re2.ts';
import type { RegexFault, RegexGroup } from './regex-syntax.ts';

/** A pattern that the store's RE2 runs. `.` there matches a line feed unless the pattern says otherwise; it does. */
export interface Re2Plan {
  readonly kind: 're2';
  readonly pattern: string;
  readonly groups: readonly RegexGroup[];
}

/** A pattern that needs V8: look-around, back-references, atomic groups. See `regex-run.ts`. */
export interface V8Plan {
  readonly kind: 'v8';
  readonly source: string;
  readonly flags: string;
  readonly groups: readonly RegexGroup[];
  /** Of each group, in order, its number in the translated pattern, which may have groups of its own. */
  readonly groupNumbers: readonly number[];
}

/** How a pattern runs: in the store, in V8 after translation, or not at all. */
export type RegexPlan = Re2Plan | V8Plan | RegexFault;

/**
 * Plans a PCRE pattern. RE2 runs it where it can (linear in the text's length) unless V8 is asked for, which alone tells
 * places of matches; else it is translated for V8. The `offset`
 * of an invalid one is in UTF-16 units of `pattern`.
 */
export function planRegex(
  pattern: string,
  options: { readonly ignoreCase?: boolean; readonly engine?: 'v8' } = {},
): RegexPlan {
  const tree = parseRegex(pattern, options.ignoreCase ?? false);
  if (tree.kind === 'invalid') return tree;
  const re2 = options.engine === 'v8' ? undefined : re2Pattern(tree);
  if (re2 !== undefined) return { kind: 're2', pattern: re2, groups: tree.groups };
  try {
    const details = toRegExpDetails(onigurumaPattern(tree), {
      // Later targets use the flag v, with which V8 11 misses matches of alternatives in a lazy repetition.
      target: 'ES2018',
      rules: { asciiWordBoundaries: true, captureGroup: true },
    });
    if (details.options?.strategy || details.options?.transfers?.length)
      return { kind: 'invalid', message: 'this combination of features is not supported', offset: 0 };
    const hidden = new Set(details.options?.hiddenCaptures ?? []);
    const groupNumbers: number[] = [];
    for (let number = 1; groupNumbers.length < tree.groups.length; number++)
      if (!hidden.has(number)) groupNumbers.push(number);
    return { kind: 'v8', source: details.pattern, flags: details.flags, groups: tree.groups, groupNumbers };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'invalid', message: `not supported (${reason})`, offset: 0 };
  }
}

/** The capturing groups of a pattern; empty where it is invalid. */
export function listGroups(pattern: string): readonly RegexGroup[] {
  const tree = parseRegex(pattern);
  return tree.kind === 'invalid' ? [] : tree.groups;
}

/** Whether a pattern can only run in V8, so that its call has to be taken out of the SQL. */
export function needsV8(pattern: string): boolean {
  return planRegex(pattern).kind === 'v8';
}
