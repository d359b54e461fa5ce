const ZERO = 48;
const NINE = 57;

/**
 * A process id as decimal text: hexadecimal where prefixed by `0x` (also padded to 16 digits), else decimal. Gives
 * undefined for anything else.
 */
export function decimalProcessId(text: string): string | undefined {
  const length = text.length;
  if (length === 0 || length > 20) return undefined;
  if (length > 2 && text.charCodeAt(0) === ZERO && (text.charCodeAt(1) | 32) === 120)
    return fromHexadecimal(text);
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) return undefined;
  }
  return text;
}

function fromHexadecimal(text: string): string | undefined {
  for (let at = 2; at < text.length; at++) {
    const code = text.charCodeAt(at) | 32;
    if (!((code >= ZERO && code <= NINE) || (code >= 97 && code <= 102))) return undefined;
  }
  const number = Number(text);
  return Number.isSafeInteger(number) ? String(number) : BigInt(text).toString();
}
