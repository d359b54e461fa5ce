/** How a pattern runs: in the store (RE2), in V8 after translation, or not at all. */
export type RegexPlan =
  | { readonly kind: 're2'; readonly pattern: string; readonly groups: readonly RegexGroup[] }
  | {
      readonly kind: 'v8';
      readonly source: string;
      readonly flags: string;
      readonly groups: readonly RegexGroup[];
      /** For each group of the pattern as written its number in the translated one. */
      readonly groupNumbers: readonly number[];
    }
  | { readonly kind: 'invalid'; readonly message: string; readonly offset: number };

/** A capturing group, in the order of its opening parenthesis; `name` where it has one. */
export interface RegexGroup {
  readonly number: number;
  readonly name: string | undefined;
}

/** Plans a PCRE pattern. `offset` of an invalid one is in UTF-16 units of `pattern`. */
export function planRegex(_pattern: string, _options: { readonly ignoreCase?: boolean } = {}): RegexPlan {
  throw new Error('not written yet');
}
