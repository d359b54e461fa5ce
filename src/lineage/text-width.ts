import stringWidth from 'string-width';

const plain = /^[\x20-\x7e]*$/;

/** Columns that a text takes on a terminal. */
export function textWidth(text: string): number {
  return plain.test(text) ? text.length : stringWidth(text);
}

/** The text with blanks behind it, up to a number of columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}
