import type { Fields } from '../fields.ts';
import { accountDomain, accountName } from '../values/account-name.ts';
import { fileName } from '../values/file-name.ts';
import { isNullText } from '../values/null-value.ts';
import { decimalProcessId } from '../values/process-number.ts';

/** What a record says of one process; absent: it does not say it. */
export interface SaidProcess {
  readonly path?: string | undefined;
  /** Where only the file's name is told. */
  readonly name?: string | undefined;
  readonly commandLine?: string | undefined;
  /** As recorded; 0 is none. */
  readonly pid?: string | undefined;
  readonly guid?: string | undefined;
  /** With or without a domain. */
  readonly user?: string | undefined;
}

type Role = 'process' | 'parent_process' | 'grandparent_process' | 'target_process';

/** Sets the normalised fields of one process of an event. */
export function putProcess(fields: Fields, role: Role, said: SaidProcess): void {
  const path = said.path ?? said.name;
  const name = said.name ?? (path === undefined ? undefined : fileName(path));
  put(fields, `${role}_path`, path);
  put(fields, `${role}_name`, name);
  if (role === 'process' || role === 'parent_process') put(fields, `${role}_exec`, name);
  put(fields, role, said.commandLine);
  put(fields, `${role}_guid`, said.guid);
  const pid = said.pid === undefined ? undefined : decimalProcessId(said.pid);
  if (pid !== '0') put(fields, `${role}_id`, pid);
}

/** Sets `user` and `user_domain` (with a prefix, `src_user` and `parent_user`). The domain stands in the name or beside it. */
export function putAccount(
  fields: Fields,
  name: 'user' | 'src_user' | 'parent_user',
  account: string | undefined,
  domain?: string,
): void {
  if (account === undefined || isNullText(account)) return;
  put(fields, name, accountName(account));
  put(fields, `${name}_domain`, domain ?? accountDomain(account));
}

/** A file that was acted on, and its hashes. */
export function putFile(fields: Fields, path: string | undefined, name?: string): void {
  put(fields, 'file_path', path ?? name);
  put(fields, 'file_name', name ?? (path === undefined ? undefined : fileName(path)));
}

/** `SHA256=…,SHA1=…,MD5=…` of those that are there, in `process_hash` or `file_hash`, and each in its own field. */
export function putHashes(
  fields: Fields,
  to: 'process_hash' | 'file_hash',
  hashes: Readonly<Record<'SHA256' | 'SHA1' | 'MD5', string | undefined>>,
): void {
  const parts: string[] = [];
  for (const kind of ['SHA256', 'SHA1', 'MD5'] as const) {
    const value = hashes[kind];
    if (value === undefined || !/^[0-9a-f]{32,64}$/i.test(value) || /^0+$/.test(value)) continue;
    fields[kind] = value;
    parts.push(`${kind}=${value}`);
  }
  if (parts.length > 0) fields[to] = parts.join(',');
}

/** A logon session as Windows writes it, hexadecimal, out of a decimal number; 0 is none. */
export function putSession(fields: Fields, decimal: string | undefined): void {
  if (decimal === undefined || !/^\d{1,20}$/.test(decimal)) return;
  const number = BigInt(decimal);
  if (number > 0n) fields.session_id = `0x${number.toString(16)}`;
}

function put(fields: Fields, name: string, text: string | undefined): void {
  if (text !== undefined && !isNullText(text)) fields[name] = text;
}
