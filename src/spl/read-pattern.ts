import type { Token } from './scan.ts';
import type { StageReader } from './stage-reader.ts';

/** Takes a pattern: a quoted text, or without quotes everything to the next blank. Undefined where nothing comes. */
export function readPattern(reader: StageReader): Token | undefined {
  const token = reader.peek('arguments');
  if (token.kind === 'string') return reader.next('arguments');
  if (token.kind === 'end' || token.kind === 'macro') return undefined;
  const { start } = token.span;
  let end = start;
  while (end < reader.end && !/\s/.test(reader.text[end] as string)) end += 1;
  reader.position = end;
  const text = reader.text.slice(start, end);
  return { kind: 'word', text, value: text, span: { start, end }, closed: true };
}
