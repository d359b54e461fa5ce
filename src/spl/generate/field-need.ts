import { isPattern, patternReaches } from './field-pattern.ts';

/** Fields that the steps after a point of the search read. */
export interface FieldNeed {
  /** Every field that the rows have. */
  readonly all: boolean;
  readonly names: ReadonlySet<string>;
  readonly patterns: ReadonlySet<string>;
}

export const NEED_NOTHING: FieldNeed = { all: false, names: new Set(), patterns: new Set() };
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

/** The need without fields that a step writes in every row. Patterns stay: they may mean others too. */
export function needWithout(before: FieldNeed, written: Iterable<string>): FieldNeed {
  const names = new Set(before.names);
  for (const name of written) names.delete(name);
  return { ...before, names };
}

/** Whether a field is needed. */
export function isNeeded(wanted: FieldNeed, name: string): boolean {
  return (
    wanted.all ||
    wanted.names.has(name) ||
    [...wanted.patterns].some((pattern) => patternReaches(pattern, name))
  );
}
