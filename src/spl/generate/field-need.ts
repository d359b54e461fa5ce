import { isPattern } from './field-pattern.ts';

/** Fields that the steps after a point of the search read. */
export interface FieldNeed {
  /** Every field that the rows have. */
  readonly all: boolean;
  readonly names: ReadonlySet<string>;
  readonly patterns: ReadonlySet<string>;
}

export const NEED_ALL: FieldNeed = { all: true, names: new Set(), patterns: new Set() };

/** A need of names and patterns. */
export function need(entries: Iterable<string>): FieldNeed {
  const names = new Set<string>();
  const patterns = new Set<string>();
  for (const entry of entries) (isPattern(entry) ? patterns : names).add(entry);
  return { all: false, names, patterns };
}

/** Both needs. */
export function needBoth(one: FieldNeed, other: FieldNeed): FieldNeed {
  return {
    all: one.all || other.all,
    names: new Set([...one.names, ...other.names]),
    patterns: new Set([...one.patterns, ...other.patterns]),
  };
}

/** The need and some more names or patterns. */
export function needAlso(before: FieldNeed, entries: Iterable<string>): FieldNeed {
  return needBoth(before, need(entries));
}
