import { type AuditRecord, type AuditValue, decoded } from './audit-records.ts';

/** The arguments of a program, and whether some are missing in the log. */
export interface AuditArguments {
  readonly values: readonly string[];
  readonly incomplete: boolean;
}

const MOST_ARGUMENTS = 100_000;
const LONGEST = 1 << 20;

/**
 * The arguments that EXECVE records tell: `a0="ls" a1=2F746D70…`; long ones come in pieces (`a1_len=9000 a1[0]=… a1[1]=…`) over
 * several records. `argc` tells whether all are there.
 */
export function execArguments(records: readonly AuditRecord[]): AuditArguments | undefined {
  const execs = records.filter(({ type }) => type === 'EXECVE');
  if (execs.length === 0) return undefined;
  const whole = new Map<number, string>();
  const pieces = new Map<number, Map<number, AuditValue>>();
  let count: number | undefined;
  for (const { fields } of execs) {
    const argc = fields.get('argc')?.text ?? '';
    if (/^\d{1,9}$/.test(argc)) count ??= Number(argc);
    for (const [name, value] of fields) addArgument(name, value, whole, pieces);
  }
  for (const [at, parts] of pieces) {
    const joined = [...parts].sort(([one], [other]) => one - other).map(([, { text }]) => text);
    const quoted = [...parts.values()].some((part) => part.quoted);
    const text = decoded({ text: joined.join(''), quoted });
    if (text !== undefined) whole.set(at, text);
  }
  const values: string[] = [];
  let length = 0;
  for (const [, text] of [...whole].sort(([one], [other]) => one - other)) {
    length += text.length;
    if (values.length >= MOST_ARGUMENTS || length > LONGEST) break;
    values.push(text);
  }
  return { values, incomplete: count !== undefined && values.length < count };
}

function addArgument(
  name: string,
  value: AuditValue,
  whole: Map<number, string>,
  pieces: Map<number, Map<number, AuditValue>>,
): void {
  const found = /^a(\d{1,6})$/.exec(name);
  if (found) whole.set(Number(found[1]), decoded(value) ?? value.text);
  const part = /^a(\d{1,6})\[(\d{1,6})\]$/.exec(name);
  if (!part) return;
  const at = Number(part[1]);
  const known = pieces.get(at) ?? new Map<number, AuditValue>();
  known.set(Number(part[2]), value);
  pieces.set(at, known);
}

/** The title of a process, its arguments with NUL between; the kernel cuts it at 128 bytes. */
export function processTitle(records: readonly AuditRecord[]): AuditArguments | undefined {
  const value = records.find(({ type }) => type === 'PROCTITLE')?.fields.get('proctitle');
  const text = value === undefined ? undefined : decoded(value);
  if (value === undefined || text === undefined) return undefined;
  const values = text.split('\0').filter((part) => part !== '');
  return { values, incomplete: !value.quoted && value.text.length >= 254 };
}
