import stringWidth from 'string-width';

// Measured in pieces: the library's time grows with the square of what it is given.
const pieces = /([\x20-\x7e]+)|[^\x20-\x7e]{1,256}/gu;

/** Columns of a terminal that a text of any length takes; the text is safe (`terminalText`). */
export function columnWidth(text: string): number {
  let width = 0;
  for (const [piece, plain] of text.matchAll(pieces))
    width += plain === undefined ? stringWidth(piece) : plain.length;
  return width;
}
