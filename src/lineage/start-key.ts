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

/** A GUID in the form in which all are kept and compared: lower case, without braces. */
export function plainGuid(guid: string): string {
  return guid.toLowerCase().replace(/[{}]/g, '');
}

/** Whether a text can name a process: a GUID in lower case without braces that is not all zeros. */
export function isUsableGuid(guid: string): boolean {
  if (guid.length !== 36) return false;
  let zero = true;
  for (let at = 0; at < 36; at++) {
    const code = guid.charCodeAt(at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== 45) return false;
    } else if (digit(code) < 0) return false;
    else if (code !== 48) zero = false;
  }
  return !zero;
}

/** The low half of an old tail: the rest of it is the id of a token. */
const TOKEN_TAILS: readonly number[] = [0x10000000, 0x20000000];

/** Reads a GUID in lower case without braces; undefined where it is none or has no start second in it. */
export function readStartKey(guid: string): StartKey | undefined {
  return isUsableGuid(guid) ? startKeyOf(guid) : undefined;
}

/** Seconds between 1601, from where a FILETIME counts, and 1970. */
const FILETIME_EPOCH_SECONDS = 11_644_473_600n;
/** No process id is as high. */
const PROCESS_ID_HIGH = 0x40;
/** The upper 16 bits of a FILETIME from 2001 to 2057. */
const FILETIME_FROM = 0x01c0;
const FILETIME_TO = 0x01ff;

/**
 * The second in a key of the form of Carbon Black's: device, process id in the second and third group, FILETIME of the start in
 * the others. Read so by a Sysmon GUID, of which one in a million looks like it, only the start would be lost.
 */
function filetimeSecond(guid: string): number | undefined {
  const high = hexadecimal(guid, 19, 23);
  if (high < FILETIME_FROM || high > FILETIME_TO || hexadecimal(guid, 9, 13) >= PROCESS_ID_HIGH)
    return undefined;
  const filetime = BigInt(`0x${guid.slice(19, 23)}${guid.slice(24)}`);
  return Number(filetime / 10_000_000n - FILETIME_EPOCH_SECONDS);
}

/** The same of a usable GUID. */
export function startKeyOf(guid: string): StartKey | undefined {
  const started = filetimeSecond(guid);
  if (started !== undefined && (hexadecimal(guid, 14, 18) !== 0 || hexadecimal(guid, 9, 13) !== 0))
    return { second: started, boot: undefined, sequence: undefined };
  const second = hexadecimal(guid, 14, 18) * 0x10000 + hexadecimal(guid, 9, 13);
  if (second === 0) return undefined;
  // The tail is eight bytes, little-endian: the low half, two more bytes of the sequence number, two of the boot.
  const low = byte(guid, 19) + byte(guid, 21) * 0x100 + byte(guid, 24) * 0x10000 + byte(guid, 26) * 0x1000000;
  if (TOKEN_TAILS.includes(low)) return { second, boot: undefined, sequence: undefined };
  const sequence = low + (byte(guid, 28) + byte(guid, 30) * 0x100) * 0x100000000;
  return { second, boot: byte(guid, 32) + byte(guid, 34) * 0x100, sequence };
}

/** The value of a lower-case hexadecimal digit; -1 for anything else. */
function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

function byte(text: string, at: number): number {
  return digit(text.charCodeAt(at)) * 16 + digit(text.charCodeAt(at + 1));
}

function hexadecimal(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) number = number * 16 + digit(text.charCodeAt(at));
  return number;
}
