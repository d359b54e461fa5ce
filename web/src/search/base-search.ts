import type { Check } from '../../../src/server/contracts/editor.ts';

/** What stands in front of the first pipe: the events that a search begins with. */
export function baseOf(text: string, tokens: Check['tokens']): string {
  const pipe = tokens.find((token) => token.kind === 'pipe');
  // A search may begin with a pipe: `| makeresults` has no events in front.
  return (pipe ? text.slice(0, pipe.from) : text).trim();
}

/** A value as it stands in a search behind `field=`. */
export function searchValue(value: string): string {
  return /^[\w.:-]+$/.test(value) ? value : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function searchField(field: string): string {
  return /^[A-Za-z_][\w.{}]*$/.test(field) ? field : `"${field.replaceAll('"', '\\"')}"`;
}

/** Adds a condition on a value to the search's first part, where it speaks of events as they were recorded. */
export function withCondition(
  text: string,
  tokens: Check['tokens'],
  field: string,
  value: string,
  include: boolean,
): string {
  const condition = `${searchField(field)}${include ? '=' : '!='}${searchValue(value)}`;
  const pipe = tokens.find((token) => token.kind === 'pipe');
  if (!pipe) return text.trim() === '' ? condition : `${text.trimEnd()} ${condition}`;
  const before = text.slice(0, pipe.from);
  const head = before.trimEnd();
  const gap = before.slice(head.length);
  if (head === '') return `search ${condition}\n${text.slice(pipe.from)}`;
  return `${head} ${condition}${gap === '' ? ' ' : gap}${text.slice(pipe.from)}`;
}

/** Adds a command at the end. */
export function withCommand(text: string, command: string): string {
  const head = text.trimEnd();
  return head.includes('\n') ? `${head}\n| ${command}` : `${head} | ${command}`;
}
