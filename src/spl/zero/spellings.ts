import { type Parameters, type Sql, sql } from '../../store/sql.ts';
import { matchesWildcard } from '../wildcard.ts';
import { base64Forms, utf16Forms, writtenForms } from './encoded-forms.ts';

/**
 * Other spellings of what is looked for: `inside` longer words or values, or in other letter case than CASE() asks;
 * `width` and Unicode normalisation (NFKC); `separators` of paths; `percent` encoding; `obfuscated` by carets, quotes and
 * backticks; `written` as XML or JSON writes it; `utf16`; `base64` forms of the text; `decoded`: in a base64 text that was decoded.
 */
export type SpellingKind =
  | 'inside'
  | 'width'
  | 'separators'
  | 'percent'
  | 'obfuscated'
  | 'written'
  | 'utf16'
  | 'base64'
  | 'decoded';

export interface Spelling {
  readonly kind: SpellingKind;
  /** Whether a text (String, never null) holds it: UInt8. */
  readonly test: Sql;
}

/** A text that is looked in, in the forms that tests share, so that each form is made once an event. */
export interface LookedIn {
  readonly text: Sql;
  /** Whether it is a whole record, where only a run is looked for; else a field's value. */
  readonly isRaw: boolean;
  /** Names a form of the text, made once. */
  shared(hint: string, value: Sql): Sql;
}

/** Shorter texts are everywhere once encoded or squeezed. */
const shortest = 3;

/** What obfuscation puts between letters; each runs on as if it were not there. */
const between = '^"`\'';

/** The other spellings of a pattern, without those that cannot differ from it. Text without wildcards is cut to 1,000 characters. */
export function spellingsOf(pattern: string, text: LookedIn, parameters: Parameters): readonly Spelling[] {
  const held = `*${pattern.slice(0, 1_000)}*`;
  const pieces = pattern.split('*');
  const longest = pieces.reduce((one, piece) => (piece.length > one.length ? piece : one), '').slice(0, 200);
  if (longest === '') return [];
  const literal = (value: string): Sql => parameters.bind(value, 'String');
  const list = (values: readonly string[]): Sql => parameters.bind([...values], 'Array(String)');
  const matches = (value: Sql, wanted: string): Sql =>
    matchesWildcard(value, wanted, { caseSensitive: false, lowercase: false }, parameters);
  const found: Spelling[] = [];
  const add = (kind: SpellingKind, test: Sql): void => {
    found.push({ kind, test });
  };
  // A number is within many others.
  if (longest.length >= shortest || /[^\0-\x7f]/.test(longest)) add('inside', matches(text.text, held));
  const normal = held.normalize('NFKC');
  const widened = text.shared(
    'normal',
    sql`if(length(${text.text}) = lengthUTF8(${text.text}), ${text.text}, normalizeUTF8NFKC(${text.text}))`,
  );
  add('width', matches(widened, normal));
  if (/[\\/]/.test(longest)) {
    const slashes = text.shared(
      'slashes',
      sql`replaceAll(replaceAll(replaceAll(${text.text}, ${literal('\\')}, '/'), '//', '/'), '//', '/')`,
    );
    add('separators', matches(slashes, held.replace(/[\\/]+/g, '/')));
  }
  const percent = text.shared(
    'percent',
    sql`if(position(${text.text}, '%') > 0, decodeURLComponent(decodeURLComponent(${text.text})), '')`,
  );
  add('percent', matches(percent, withoutPercent(held)));
  const squeezed = held.replace(/[\^"`']/g, '');
  if (squeezed.replaceAll('*', '').length >= shortest) {
    const joined = ['&quot;', '&apos;', '&#39;', '\\"', "'+'", '"+"', '^\n', '`\n'].reduce(
      (value, run) => sql`replaceAll(${value}, ${literal(run)}, '')`,
      text.text,
    );
    const run = text.shared('squeezed', sql`translate(${joined}, ${literal(between)}, '')`);
    add('obfuscated', matches(run, squeezed));
  }
  if (text.isRaw)
    for (const form of writtenForms(pattern.slice(0, 1_000))) add('written', matches(text.text, `*${form}*`));
  const isLong = longest.length >= (/^[\0-\x7f]*$/.test(longest) ? 4 : 2);
  if (!isLong) return found;
  const lowered = text.shared('lowered', sql`lower(${text.text})`);
  add('utf16', sql`multiSearchAny(${lowered}, ${list(utf16Forms(longest))})`);
  const forms = base64Forms(longest);
  if (forms.length > 0) add('base64', sql`multiSearchAny(${text.text}, ${list(forms)})`);
  if (/^[\0-\x7f]*$/.test(held)) {
    const decoded = text.shared(
      'decoded',
      sql`arrayStringConcat(arrayMap(run -> replaceAll(tryBase64Decode(substring(run, 1, length(run) - length(run) % 4)), ${literal('\0')}, ''),
extractAll(${text.text}, '[A-Za-z0-9+/]{16,}')), ' ')`,
    );
    add('decoded', matches(decoded, held));
  }
  return found;
}

function withoutPercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // What is no percent code stands for itself.
    return text;
  }
}
