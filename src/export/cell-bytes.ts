import type { ByteText } from '../core/byte-text.ts';
import { isNeutralised, type TableForm, tableCell } from './table-cell.ts';

/** What `tableCell` looks at in bytes that are ASCII: 1 what has to be quoted, 2 what does at an end, 4 what begins a formula. */
const signs = new Uint8Array(256);
for (let code = 0; code < 0x80; code++) {
  const sign = String.fromCharCode(code);
  if (tableCell(`a${sign}a`, 'exact').startsWith('"')) signs[code] = 1;
  else if (tableCell(sign, 'exact').startsWith('"')) signs[code] = 2;
  if (isNeutralised(sign)) signs[code] = (signs[code] as number) | 4;
}

/** Writes a text as `tableCell` does; whether the form changed it. */
export function writeCell(
  from: Buffer,
  start: number,
  end: number,
  form: TableForm,
  into: ByteText,
): boolean {
  if (start === end) return false;
  const first = from[start] as number;
  const last = from[end - 1] as number;
  if (first < 0x80 && last < 0x80) {
    const isFormula = form === 'safe' && ((signs[first] as number) & 4) !== 0;
    if (!isFormula) {
      if (needsQuotes(from, start, end)) into.quoted(from, start, end);
      else into.copy(from, start, end);
      return false;
    }
  }
  const text = from.toString('utf8', start, end);
  into.text(tableCell(text, form));
  return form === 'safe' && isNeutralised(text);
}

function needsQuotes(from: Uint8Array, start: number, end: number): boolean {
  if (((signs[from[start] as number] as number) & 3) !== 0) return true;
  if (((signs[from[end - 1] as number] as number) & 3) !== 0) return true;
  for (let at = start; at < end; at++) if (((signs[from[at] as number] as number) & 1) !== 0) return true;
  return false;
}
