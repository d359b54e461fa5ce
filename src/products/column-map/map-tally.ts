/** What happened to one column. */
export interface ColumnCount {
  /** What it was made into, as the report names it. */
  readonly to: string;
  converted: number;
  failed: number;
  /** The first text that did not convert. */
  example?: string;
}

/** What a mapping did so far. Plain data: it comes from any thread, and several add up. */
export interface MapTally {
  records: number;
  readonly mapped: Map<string, ColumnCount>;
  /** Columns that are not mapped: kept under their own names. */
  readonly left: Map<string, number>;
  /** Texts of the column of the class that no rule names. */
  readonly unknownClasses: Map<string, number>;
}

/** Columns and texts that are counted one by one. */
const MOST = 1_000;
const LONGEST_EXAMPLE = 200;

export function newTally(): MapTally {
  return { records: 0, mapped: new Map(), left: new Map(), unknownClasses: new Map() };
}

/** Counts a value of a column, converted or not. */
export function countColumn(
  tally: MapTally,
  column: string,
  to: string,
  text: string,
  converted: boolean,
): void {
  const key = `${column}\u0000${to}`;
  let count = tally.mapped.get(key);
  if (count === undefined) {
    count = { to, converted: 0, failed: 0 };
    tally.mapped.set(key, count);
  }
  if (converted) count.converted++;
  else {
    count.failed++;
    count.example ??= text.slice(0, LONGEST_EXAMPLE);
  }
}

export function countText(counts: Map<string, number>, text: string): void {
  const key = text.slice(0, LONGEST_EXAMPLE);
  const known = counts.get(key);
  if (known !== undefined) counts.set(key, known + 1);
  else if (counts.size < MOST) counts.set(key, 1);
}

/** Adds one tally to another. */
export function addTally(to: MapTally, more: MapTally): void {
  to.records += more.records;
  for (const [key, { to: field, converted, failed, example }] of more.mapped) {
    const known = to.mapped.get(key);
    if (known === undefined)
      to.mapped.set(key, { to: field, converted, failed, ...(example !== undefined && { example }) });
    else {
      known.converted += converted;
      known.failed += failed;
      if (known.example === undefined && example !== undefined) known.example = example;
    }
  }
  for (const [counts, others] of [
    [to.left, more.left],
    [to.unknownClasses, more.unknownClasses],
  ] as const)
    for (const [text, count] of others) {
      const known = counts.get(text);
      if (known !== undefined) counts.set(text, known + count);
      else if (counts.size < MOST) counts.set(text, count);
    }
}

/** The column out of a key of `mapped`. */
export function columnOf(key: string): string {
  return key.slice(0, key.indexOf('\u0000'));
}
