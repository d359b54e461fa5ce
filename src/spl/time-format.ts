/** A piece of a strftime/strptime format: text, or a variable with the digits of a fraction where it has them. */
export type TimeFormatPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: TimeVariable; readonly digits: number };

/** The variables (Splunk documentation, "Date and time format variables") that are not made of others. */
export type TimeVariable =
  | 'year'
  | 'year-in-century'
  | 'century'
  | 'iso-year'
  | 'iso-year-in-century'
  | 'quarter'
  | 'month'
  | 'month-name'
  | 'month-abbreviated'
  | 'day'
  | 'day-blank'
  | 'day-of-year'
  | 'weekday-name'
  | 'weekday-abbreviated'
  | 'weekday-from-sunday'
  | 'weekday-from-monday'
  | 'week-from-sunday'
  | 'week-from-monday'
  | 'week-iso'
  | 'hour'
  | 'hour-blank'
  | 'hour-12'
  | 'hour-12-blank'
  | 'half-of-day'
  | 'half-of-day-lower'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'epoch'
  | 'zone-name'
  | 'zone-minutes'
  | 'zone'
  | 'zone-colon'
  | 'zone-colon-seconds'
  | 'zone-hours';

const variables: ReadonlyMap<string, TimeVariable> = new Map([
  ['Y', 'year'],
  ['y', 'year-in-century'],
  ['C', 'century'],
  ['G', 'iso-year'],
  ['g', 'iso-year-in-century'],
  ['q', 'quarter'],
  ['m', 'month'],
  ['B', 'month-name'],
  ['b', 'month-abbreviated'],
  ['h', 'month-abbreviated'],
  ['d', 'day'],
  ['e', 'day-blank'],
  ['j', 'day-of-year'],
  ['A', 'weekday-name'],
  ['a', 'weekday-abbreviated'],
  ['w', 'weekday-from-sunday'],
  ['u', 'weekday-from-monday'],
  ['U', 'week-from-sunday'],
  ['W', 'week-from-monday'],
  ['V', 'week-iso'],
  ['H', 'hour'],
  ['k', 'hour-blank'],
  ['I', 'hour-12'],
  ['l', 'hour-12-blank'],
  ['p', 'half-of-day'],
  ['P', 'half-of-day-lower'],
  ['M', 'minute'],
  ['S', 'second'],
  ['s', 'epoch'],
  ['Z', 'zone-name'],
  ['Ez', 'zone-minutes'],
  ['z', 'zone'],
  [':z', 'zone-colon'],
  ['::z', 'zone-colon-seconds'],
  [':::z', 'zone-hours'],
]);

/** Variables that stand for a format of their own. */
const composed: ReadonlyMap<string, string> = new Map([
  ['c', '%a %b %e %H:%M:%S %Y'],
  ['+', '%a %b %e %H:%M:%S %Z %Y'],
  ['D', '%m/%d/%y'],
  ['F', '%Y-%m-%d'],
  ['R', '%H:%M'],
  ['r', '%I:%M:%S %p'],
  ['T', '%H:%M:%S'],
  ['X', '%H:%M:%S'],
  ['x', '%m/%d/%Y'],
]);

const fractionDigits: ReadonlyMap<string, number> = new Map([
  ['N', 9],
  ['Q', 3],
  ['f', 6],
]);

const texts: ReadonlyMap<string, string> = new Map([
  ['%', '%'],
  ['n', '\n'],
  ['t', '\t'],
]);

/** Splits a format into its pieces. What is no variable stays text. */
export function parseTimeFormat(format: string): readonly TimeFormatPiece[] {
  const pieces: TimeFormatPiece[] = [];
  const text = (added: string) => {
    const last = pieces.at(-1);
    if (last?.kind === 'text') pieces[pieces.length - 1] = { kind: 'text', text: last.text + added };
    else pieces.push({ kind: 'text', text: added });
  };
  for (const [found] of format.matchAll(/%(?::{1,3}z|Ez|[1-9][NQ]|[a-zA-Z+%])|[^%]+|%/gs)) {
    const name = found.slice(1);
    const inner = composed.get(name);
    const variable = variables.get(name);
    const digits = fractionDigits.get(name.at(-1) ?? '');
    if (!found.startsWith('%') || name === '') text(found);
    else if (inner !== undefined) {
      for (const piece of parseTimeFormat(inner))
        if (piece.kind === 'text') text(piece.text);
        else pieces.push(piece);
    } else if (variable) pieces.push({ kind: 'variable', name: variable, digits: 0 });
    else if (digits !== undefined)
      pieces.push({ kind: 'variable', name: 'fraction', digits: name.length > 1 ? Number(name[0]) : digits });
    else text(texts.get(name) ?? found);
  }
  return pieces;
}
