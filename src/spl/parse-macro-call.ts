import type { DiagnosticPhrase } from './diagnostic-phrase.ts';
import { endOfQuote } from './scan.ts';

export type MacroCall =
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'fault'; readonly message: DiagnosticPhrase };

/**
 * Reads the inside of a macro call: `name`, `name()`, `name(a, "b, c", k=v)`. Commas inside quotes and parentheses
 * belong to the argument; quotes around a whole argument are not part of it.
 */
export function parseMacroCall(inside: string): MacroCall {
  const found = /^\s*([A-Za-z0-9_][\w.:-]*)\s*/.exec(inside);
  if (found === null) return { kind: 'fault', message: 'a name is expected behind the `' };
  const name = found[1] ?? '';
  const rest = inside.slice(found[0].length).trimEnd();
  if (rest === '') return { kind: 'call', name, args: [] };
  if (!rest.startsWith('(')) return { kind: 'fault', message: `( is expected behind ${name}` };
  if (!rest.endsWith(')')) return { kind: 'fault', message: `the ( of ${name} has no closing )` };
  const list = rest.slice(1, -1);
  if (list.trim() === '') return { kind: 'call', name, args: [] };
  return { kind: 'call', name, args: splitArguments(list).map(unquote) };
}

function splitArguments(list: string): readonly string[] {
  const args: string[] = [];
  let from = 0;
  let depth = 0;
  let at = 0;
  while (at < list.length) {
    const character = list[at];
    if (character === '"') {
      at = endOfQuote(list, at, list.length).end;
      continue;
    }
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth <= 0) {
      args.push(list.slice(from, at));
      from = at + 1;
    }
    at += 1;
  }
  args.push(list.slice(from));
  return args;
}

function unquote(argument: string): string {
  const text = argument.trim();
  if (!text.startsWith('"') || text.length < 2) return text;
  const reach = endOfQuote(text, 0, text.length);
  if (!reach.closed || reach.end !== text.length) return text;
  return text.slice(1, -1).replace(/\\(["\\])/g, '$1');
}
