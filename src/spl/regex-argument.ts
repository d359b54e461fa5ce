import type { Span } from '../core/diagnostic.ts';
import { planRegex, type RegexPlan } from '../core/regex-policy.ts';
import { offsetAsWritten, withoutEscapes } from './escapes.ts';
import { insideQuotes, type Token } from './scan.ts';
import type { StageReader } from './stage-reader.ts';

/** A regular expression as the search gives it, without its quotes and their escapes. */
export function regexOf(token: Token): string {
  return withoutEscapes(token.kind === 'string' ? insideQuotes(token) : token.text, 'regex');
}

/** Checks the regular expression in a quoted text of the search; a fault is put where in the text it stands. */
export function checkRegexAt(reader: StageReader, quoted: Span): RegexPlan {
  const text = reader.slice(quoted);
  const bare = !text.startsWith('"');
  const inside = bare ? text : text.slice(1, text.endsWith('"') && text.length > 1 ? -1 : undefined);
  const start = quoted.start + (bare ? 0 : 1);
  const plan = planRegex(withoutEscapes(inside, 'regex'));
  if (plan.kind === 'invalid') {
    const at = start + offsetAsWritten(inside, 'regex', plan.offset);
    const end = start + inside.length;
    reader.report(
      'bad-regex',
      { message: plan.message },
      { start: Math.min(at, end), end: Math.max(at, end) },
    );
  }
  return plan;
}
