import { createHash } from 'node:crypto';
import { type CaseTime, SECOND } from './case-time.ts';

function hexBytes(value: number, bytes: number): string {
  let text = '';
  for (let at = 0, left = value; at < bytes; at++) {
    text += (left % 256).toString(16).padStart(2, '0');
    left = Math.floor(left / 256);
  }
  return text;
}

/** Machine id, second, and eight bytes of tail, in the order in which Windows writes a GUID. */
function sysmonGuid(machineId: number, time: CaseTime, tail: string): string {
  const second = Math.floor(time / SECOND)
    .toString(16)
    .padStart(8, '0');
  const machine = machineId.toString(16).padStart(8, '0');
  return `{${machine}-${second.slice(4)}-${second.slice(0, 4)}-${tail.slice(0, 4)}-${tail.slice(4)}}`;
}

/**
 * Sysmon's ProcessGuid: machine id, start in seconds, and the process start key (16 bits of boot number above 48 bits of
 * sequence number, little-endian).
 */
export function processGuid(machineId: number, start: CaseTime, boot: number, sequence: number): string {
  return sysmonGuid(machineId, start, hexBytes(sequence, 6) + hexBytes(boot, 2));
}

/** Sysmon's LogonGuid: as the ProcessGuid, with the logon id (LUID) as its tail. */
export function logonGuid(machineId: number, logonTime: CaseTime, logonId: number): string {
  return sysmonGuid(machineId, logonTime, hexBytes(logonId, 8));
}

const digests = new Map<string, string>();

/** Sysmon's `Hashes` of a file that does not exist: digests of its name, so the same file always has the same ones. */
export function hashesOf(path: string): string {
  const key = path.toLowerCase();
  let text = digests.get(key);
  if (text === undefined) {
    const digest = (algorithm: string, salt: string): string =>
      createHash(algorithm).update(`${salt}${key}`).digest('hex').toUpperCase();
    text = `MD5=${digest('md5', '')},SHA256=${digest('sha256', '')},IMPHASH=${digest('md5', 'imports ')}`;
    if (digests.size < 5000) digests.set(key, text);
  }
  return text;
}
