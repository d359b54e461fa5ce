import type { JsonValue } from '../record.ts';

/**
 * `JSON.parse` that keeps integers beyond 2^53 exact, as strings of their digits. Of duplicate keys the last counts;
 * `__proto__` is a key like any other. Throws SyntaxError.
 */
export function parseJson(text: string): JsonValue {
  return JSON.parse(longDigits.test(text) ? quoteLongIntegers(text) : text) as JsonValue;
}

const longDigits = /\d{16}/;
const longInteger = /[:,[\s](-?\d{16,})(?=[\s,}\]])/g;

function quoteLongIntegers(text: string): string {
  let out = '';
  let copied = 0;
  let inString = false;
  let scanned = 0;
  for (const found of text.matchAll(longInteger)) {
    const digits = found[1] as string;
    if (Number.isSafeInteger(Number(digits))) continue;
    const begin = found.index + 1;
    for (let quote = text.indexOf('"', scanned); quote >= 0 && quote < begin; ) {
      if (!inString || !isEscaped(text, quote)) inString = !inString;
      quote = text.indexOf('"', quote + 1);
    }
    scanned = begin;
    if (inString) continue;
    out += `${text.slice(copied, begin)}"${digits}"`;
    copied = begin + digits.length;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
  return slashes % 2 === 1;
}

/** Whether arrays and objects stand in each other more than `levels` deep. */
export function isDeeperThan(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null && isDeeperThan(inner, levels - 1)) return true;
  }
  return false;
}

/** Whether a value is an object (not an array, not null). */
export function isJsonObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
