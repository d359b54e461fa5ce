/**
 * What a Sysmon ProcessGuid tells by itself: the machine, the second of the start, and either the Windows process start key
 * (boot number and sequence number in that boot) or, in old versions, the id of a token.
 */
export interface StartKey {
  /** Unix seconds. */
  readonly second: number;
  /** Undefined in the old form, and 0 for the few processes that the kernel starts itself. */
  readonly boot: number | undefined;
  /** Order of starts within the boot; below 2^48. */
  readonly sequence: number | undefined;
}

const FORM = /^[0-9a-f]{8}-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/;
const ZERO = /^[0-]*$/;

/** Whether a text can name a process: a GUID in lower case without braces that is not all zeros. */
export function isUsableGuid(guid: string): boolean {
  return guid.length === 36 && FORM.test(guid) && !ZERO.test(guid);
}

/** Reads a GUID in lower case without braces; undefined where it is none or has no start second in it. */
export function readStartKey(guid: string): StartKey | undefined {
  const found = FORM.exec(guid);
  if (!found) return undefined;
  const second = Number.parseInt(`${found[2]}${found[1]}`, 16);
  if (second === 0) return undefined;
  const tail = `${found[3]}${found[4]}`;
  // The tail is little-endian: bytes 0-5 are the sequence number, 6-7 the boot. Old tails have 0x10000000 in bytes 0-3.
  if (/^000000[12]0/.test(tail)) return { second, boot: undefined, sequence: undefined };
  let sequence = 0;
  for (let at = 10; at >= 0; at -= 2) sequence = sequence * 256 + Number.parseInt(tail.slice(at, at + 2), 16);
  const boot = Number.parseInt(tail.slice(14, 16) + tail.slice(12, 14), 16);
  return { second, boot, sequence };
}
