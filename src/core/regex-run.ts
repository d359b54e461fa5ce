import { createContext, Script } from 'node:vm';
import type { RegexComplaint } from './regex-complaint.ts';
import type { V8Plan } from './regex-policy.ts';

/** What a pattern is to do to each text. */
export type RegexTask =
  /** Whether it matches. */
  | { readonly kind: 'test' }
  /** The first `limit` matches (0: all): for each, offsets and groups. */
  | { readonly kind: 'match'; readonly limit: number }
  /** Replaces; `\1` in the replacement is a group, `\0` the match. `occurrence` counts from 1. */
  | { readonly kind: 'replace'; readonly replacement: string; readonly occurrence: number | 'all' };

/** A match; `groups` in the pattern's order, undefined where a group took no part. Offsets are UTF-16 units. */
export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

export type RegexResult<Value> =
  | { readonly kind: 'done'; readonly values: readonly Value[] }
  | { readonly kind: 'regex-timeout'; readonly milliseconds: number; readonly message: RegexComplaint }
  | { readonly kind: 'regex-failed'; readonly message: RegexComplaint };

export interface RegexRunOptions {
  /** For the whole batch. A pattern that backtracks without end is stopped then. */
  readonly milliseconds?: number;
}

/** Enough for a batch of ten thousand ordinary texts many times over. */
const defaultMilliseconds = 2_000;

/**
 * Runs in a context of its own, since only there can V8 be stopped in the middle of a match. Texts and results are plain
 * data; the pattern is data too and never becomes code.
 */
const script = new Script(`(() => {
  const expression = new RegExp(input.source, input.flags + 'g');
  const groupsOf = (found) => input.groupNumbers.map((number) => found[number]);
  const matchesOf = (text, limit) => {
    const matches = [];
    expression.lastIndex = 0;
    for (let found = expression.exec(text); found; found = expression.exec(text)) {
      matches.push({ start: found.index, end: found.index + found[0].length, groups: groupsOf(found) });
      if (limit > 0 && matches.length >= limit) break;
      if (found[0] === '') expression.lastIndex = found.index + (text.codePointAt(found.index) > 65535 ? 2 : 1);
    }
    return matches;
  };
  const replaced = (text, { replacement, occurrence }) => {
    const matches = matchesOf(text, occurrence === 'all' ? 0 : occurrence);
    let result = '';
    let from = 0;
    matches.forEach((match, at) => {
      if (occurrence !== 'all' && at + 1 !== occurrence) return;
      const written = replacement.replace(/\\\\(\\d)/g, (_, digit) =>
        (digit === '0' ? text.slice(match.start, match.end) : match.groups[digit - 1]) ?? '');
      result += text.slice(from, match.start) + written;
      from = match.end;
    });
    return result + text.slice(from);
  };
  const tasks = {
    test: (text) => { expression.lastIndex = 0; return expression.test(text); },
    match: (text) => matchesOf(text, input.task.limit),
    replace: (text) => replaced(text, input.task),
  };
  return input.texts.map(tasks[input.task.kind]);
})()`);

function run<Value>(
  plan: V8Plan,
  task: RegexTask,
  texts: readonly string[],
  options: RegexRunOptions,
): RegexResult<Value> {
  const milliseconds = options.milliseconds ?? defaultMilliseconds;
  const { source, flags, groupNumbers } = plan;
  const context = createContext(
    { input: { source, flags: flags.replace('g', ''), groupNumbers, task, texts } },
    { codeGeneration: { strings: false, wasm: false } },
  );
  try {
    return { kind: 'done', values: script.runInContext(context, { timeout: milliseconds }) };
  } catch (error) {
    // Errors of another context are no instances of this one's Error.
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      return {
        kind: 'regex-timeout',
        milliseconds,
        message: `the regular expression took more than ${milliseconds} ms on ${texts.length} texts: it backtracks without end`,
      };
    return { kind: 'regex-failed', message: `the regular expression failed: ${String(message)}` };
  }
}

/** Whether each text has a match. */
export function testRegex(
  plan: V8Plan,
  texts: readonly string[],
  options: RegexRunOptions = {},
): RegexResult<boolean> {
  return run(plan, { kind: 'test' }, texts, options);
}

/** The first `limit` matches of each text, all with 0. */
export function matchRegex(
  plan: V8Plan,
  texts: readonly string[],
  limit: number,
  options: RegexRunOptions = {},
): RegexResult<readonly RegexMatch[]> {
  return run(plan, { kind: 'match', limit }, texts, options);
}

/** Each text with one occurrence (from 1) or all replaced. */
export function replaceRegex(
  plan: V8Plan,
  texts: readonly string[],
  replacement: string,
  occurrence: number | 'all',
  options: RegexRunOptions = {},
): RegexResult<string> {
  return run(plan, { kind: 'replace', replacement, occurrence }, texts, options);
}
