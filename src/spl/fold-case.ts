import { type Sql, sql } from '../store/sql.ts';

/** Whether a pattern is ASCII alone: texts are then folded as ASCII, which the engine does many times faster. */
export function isAscii(pattern: string): boolean {
  return /^[\0-\x7f]*$/.test(pattern);
}

/**
 * A text of the store in lower case, to be compared with a pattern that was folded likewise. A small sigma has another form at
 * the end of a word, which a piece of a word cannot know: where the pattern has one, both forms are one letter.
 */
export function foldedFor(pattern: string, text: Sql): Sql {
  if (isAscii(pattern)) return sql`lower(${text})`;
  const folded = sql`lowerUTF8(${text})`;
  return /[Σσς]/.test(pattern) ? sql`replaceAll(${folded}, 'ς', 'σ')` : folded;
}

/** The same for a text of the search. */
export function folded(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ');
}
