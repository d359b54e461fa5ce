import { isKeyword, takeField } from './argument-reader.ts';
import type { SortKey } from './plan.ts';
import type { StageReader } from './stage-reader.ts';

const types: ReadonlyMap<string, SortKey['as']> = new Map([
  ['auto', 'auto'],
  ['num', 'num'],
  ['str', 'str'],
  ['ip', 'ip'],
]);

interface SortRules {
  /** Bare words that end the keys when they come last. */
  readonly until: readonly string[];
  readonly option?: () => boolean;
}

/** Reads `-field`, `+ field`, `num(field)` and so on, commas being optional. A blank may follow the sign. */
export function readSortKeys(reader: StageReader, rules: SortRules): readonly SortKey[] {
  const keys: SortKey[] = [];
  for (;;) {
    if (rules.option?.() === true) continue;
    const token = reader.peek('arguments');
    if (token.kind === 'comma' || token.kind === 'macro') {
      reader.next('arguments');
      continue;
    }
    if (isKeyword(token, ...rules.until) && reader.peekSecond('arguments').kind === 'end' && keys.length > 0)
      return keys;
    const key = readSortKey(reader);
    if (key === undefined) return keys;
    keys.push(key);
  }
}

function readSortKey(reader: StageReader): SortKey | undefined {
  const token = reader.peek('arguments');
  if (token.kind === 'word' && /^[+-]/.test(token.text)) {
    const descending = token.text.startsWith('-');
    // Read again behind the sign: what follows may be a name, a quoted name or num(…).
    reader.position = token.span.start + 1;
    const key = readTarget(reader, descending);
    if (key === undefined) reader.report('missing-part', { expected: 'a field after the sign' }, token.span);
    return key;
  }
  return readTarget(reader, false);
}

function readTarget(reader: StageReader, descending: boolean): SortKey | undefined {
  const token = reader.peek('arguments');
  const as = token.kind === 'word' ? types.get(token.text.toLowerCase()) : undefined;
  if (as !== undefined && reader.peekSecond('arguments').kind === 'open') {
    reader.next('arguments');
    const open = reader.next('arguments');
    const field = takeField(reader);
    if (field === undefined) reader.report('missing-part', { expected: 'a field' }, open.span);
    if (reader.peek('arguments').kind === 'close') reader.next('arguments');
    else reader.report('unclosed-parenthesis', { of: token.text }, open.span);
    return { field: field?.name ?? '', descending, as };
  }
  const field = takeField(reader);
  if (field?.name.includes('*') === true)
    reader.report('wildcard-not-allowed', { where: 'sorting', name: field.name }, field.span);
  return field === undefined ? undefined : { field: field.name, descending, as: 'auto' };
}
