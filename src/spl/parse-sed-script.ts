import { planRegex } from '../core/regex-policy.ts';
import type { DiagnosticPhrase } from './diagnostic-phrase.ts';
import { offsetAsWritten, withoutEscapes } from './escapes.ts';
import type { Step } from './plan.ts';
import { insideQuotes, type Token } from './scan.ts';
import type { StageReader } from './stage-reader.ts';

type SedScript = Extract<Step, { kind: 'substitute' }>['script'];

/**
 * Reads the sed expression of `rex mode=sed`: `s/regex/replacement/flags` or `y/abc/xyz/` (Splunk documentation, rex).
 * Any character may stand for the slash; a backslash in front of it makes it part of the text.
 */
export function parseSedScript(reader: StageReader, token: Token): SedScript | undefined {
  const quoted = token.kind === 'string';
  const inside = quoted ? insideQuotes(token) : token.text;
  const text = withoutEscapes(inside, 'regex');
  const start = token.span.start + (quoted ? 1 : 0);
  const fail = (message: DiagnosticPhrase, offset: number): undefined => {
    const at = start + offsetAsWritten(inside, 'regex', offset);
    reader.report('bad-sed-script', { message }, { start: at, end: Math.max(at, start + inside.length) });
    return undefined;
  };
  const command = text[0];
  const delimiter = text[1];
  if ((command !== 's' && command !== 'y') || delimiter === undefined || /[\w\s\\]/.test(delimiter))
    return fail('it must begin with s/ or y/', 0);
  const first = readPiece(text, 2, delimiter);
  const second = first === undefined ? undefined : readPiece(text, first.end, delimiter);
  if (first === undefined || second === undefined)
    return fail(`a closing ${delimiter} is missing`, text.length);
  const flags = text.slice(second.end).trim();
  if (command === 'y') {
    if (flags !== '') return fail(`y takes no flags, found ${flags}`, second.end);
    if ([...first.text].length !== [...second.text].length)
      return fail('both lists of y must have the same length', 2);
    return { kind: 'y', from: first.text, to: second.text };
  }
  const plan = planRegex(first.text);
  if (plan.kind === 'invalid') {
    const at = start + offsetAsWritten(inside, 'regex', 2 + plan.offset);
    reader.report('bad-regex', { message: plan.message }, { start: at, end: Math.max(at, token.span.end) });
    return undefined;
  }
  const occurrence = readFlags(flags);
  if (occurrence === undefined) return fail(`unknown flags ${flags}`, second.end);
  return { kind: 's', pattern: first.text, replacement: second.text, ...occurrence };
}

function readPiece(text: string, from: number, delimiter: string): { text: string; end: number } | undefined {
  let piece = '';
  for (let at = from; at < text.length; at++) {
    const character = text[at] as string;
    if (character === delimiter) return { text: piece, end: at + 1 };
    if (character === '\\' && at + 1 < text.length) {
      const next = text[at + 1] as string;
      piece += next === delimiter ? next : character + next;
      at += 1;
    } else piece += character;
  }
  return undefined;
}

function readFlags(flags: string): { occurrence: number | 'all'; ignoreCase: boolean } | undefined {
  const found = /^(?:(g)|([1-9]\d{0,5}))?(i)?$/i.exec(flags.replaceAll(/\s+/g, ''));
  if (found === null) return undefined;
  const occurrence = found[1] !== undefined ? 'all' : Number(found[2] ?? 1);
  return { occurrence, ignoreCase: found[3] !== undefined };
}
