/**
 * Keywords as the mask that Windows renders (`0x8020000000000000`). nxlog writes the same 64 bits as a signed decimal; a
 * text that is no number (`Audit Success`) is kept.
 */
export function keywordMask(text: string): string {
  if (text === '' || text.startsWith('0x') || !/^-?\d{1,20}$/.test(text)) return text;
  return `0x${BigInt.asUintN(64, BigInt(text)).toString(16)}`;
}
