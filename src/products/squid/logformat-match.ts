import { codePatterns, type SquidMember } from './logformat-codes.ts';
import type { FormatPart, Logformat } from './logformat-parse.ts';

/** What a line says, as recorded; `-` is left out. */
export interface SquidEntry {
  readonly values: ReadonlyMap<SquidMember, string>;
  /** Values of codes that have no member, by the code. */
  readonly others: ReadonlyMap<string, string>;
  /** Codes whose values cannot be told apart, since a client wrote into one what divides them. */
  readonly doubtful: readonly string[];
}

/** Reads lines of one format. Undefined: the line is not of it. */
export type LogformatMatcher = (line: string) => SquidEntry | undefined;

type Value = Extract<FormatPart, { readonly kind: 'value' }>;

/** A line is no longer than this: Squid cuts its own at 4 or 64 KiB. */
const LONGEST_LINE = 1 << 18;

/**
 * Makes the reader of a format. What a client cannot write into is read from the left up to the first free text, and from the
 * right back to the last: so a forged Referer or User-Agent never moves a field that stands outside them. What lies between is
 * divided only where there is one way to divide it.
 */
export function logformatMatcher({ parts }: Logformat): LogformatMatcher {
  const first = parts.findIndex(isFree);
  const last = parts.findLastIndex(isFree);
  const left = first < 0 ? parts : parts.slice(0, first);
  const middle = first < 0 ? [] : parts.slice(first, last + 1);
  const right = first < 0 ? [] : parts.slice(last + 1);
  const free = first < 0 ? '' : '([^]*)';
  const whole = new RegExp(`^${patternOf(left)}${free}${patternOf(right)}[ \\t]*$`);
  const leftValues = left.filter(isValue);
  const rightValues = right.filter(isValue);
  const divide = middle.length > 1 ? divider(middle) : undefined;
  return (line) => {
    if (line.length > LONGEST_LINE) return undefined;
    const found = whole.exec(line);
    if (!found) return undefined;
    const entry = new EntryMaker();
    for (const [at, value] of leftValues.entries()) entry.add(value, found[at + 1] as string);
    const middleAt = leftValues.length + 1;
    for (const [at, value] of rightValues.entries()) entry.add(value, found[middleAt + 1 + at] as string);
    if (first < 0) return entry;
    const between = found[middleAt] as string;
    const divided = divide === undefined ? [between] : divide(between);
    if (divided === 'not-so') return undefined;
    const values = middle.filter(isValue);
    if (divided === 'several-ways') entry.doubt(values);
    else for (const [at, value] of values.entries()) entry.add(value, divided[at] as string);
    return entry;
  };
}

class EntryMaker implements SquidEntry {
  readonly values = new Map<SquidMember, string>();
  readonly others = new Map<string, string>();
  readonly doubtful: string[] = [];

  add({ code, argument, gives, form }: Value, recorded: string): void {
    const said = form?.iso(recorded.trim()) ?? recorded.trim();
    // No answer came from a server: that is said, and not left out.
    const text = said === '-' && gives === 'serverStatus' ? '0' : said;
    if (text === '-' || text === '') return;
    if (gives === undefined) this.others.set(argument === undefined ? code : `${code}_${argument}`, text);
    // Of two codes for one thing (`%>a` and `%>A`) the first counts.
    else if (!this.values.has(gives)) this.values.set(gives, text);
  }

  doubt(values: readonly Value[]): void {
    for (const { code, argument } of values)
      this.doubtful.push(`%${argument === undefined ? '' : `{${argument}}`}${code}`);
  }
}

/** Divides the text between the first free value and the last, both included. */
function divider(
  middle: readonly FormatPart[],
): (text: string) => readonly string[] | 'several-ways' | 'not-so' {
  // What stands between one free value and the next, with the tight values in it.
  const groups: FormatPart[][] = [];
  let group: FormatPart[] = [];
  for (const part of middle.slice(1)) {
    if (isFree(part)) {
      groups.push(group);
      group = [];
    } else group.push(part);
  }
  const patterns = groups.map((parts) => new RegExp(patternOf(parts), 'g'));
  return (text) => {
    const texts: string[] = [];
    let at = 0;
    for (const pattern of patterns) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (!found) return 'not-so';
      texts.push(text.slice(at, found.index), ...found.slice(1));
      at = found.index + found[0].length;
    }
    // Another way to divide it: some divider stands once more than it is used.
    const uses = new Map<string, number>();
    for (const { source } of patterns) uses.set(source, (uses.get(source) ?? 0) + 1);
    for (const [source, used] of uses) {
      let seen = 0;
      for (const _ of text.matchAll(new RegExp(source, 'g'))) if (++seen > used) return 'several-ways';
    }
    texts.push(text.slice(at));
    return texts;
  };
}

function patternOf(parts: readonly FormatPart[]): string {
  return parts
    .map((part) => (part.kind === 'literal' ? literalPattern(part.text) : valuePattern(part)))
    .join('');
}

/** A run of blanks in the definition may be longer in the line: numbers are padded. */
function literalPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/[ \t]+/g, '[ \\t]+');
}

function valuePattern({ text, padded, form }: Value): string {
  const pattern = form !== undefined ? form.pattern : text === 'free' ? '[^]*' : codePatterns[text];
  const blanks = '[ ]{0,20}';
  if (padded === 'before') return `${blanks}(${pattern})`;
  return padded === 'behind' ? `(${pattern})${blanks}` : `(${pattern})`;
}

function isFree(part: FormatPart): part is Value {
  return part.kind === 'value' && part.text === 'free';
}

function isValue(part: FormatPart): part is Value {
  return part.kind === 'value';
}
