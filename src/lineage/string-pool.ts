/** Index of "no text" in columns of interned texts. */
export const NO_TEXT = -1;

/** Texts, each held once; columns hold their numbers. */
export class StringPool {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];

  get size(): number {
    return this.texts.length;
  }

  /** The number of a text; `NO_TEXT` for undefined and the empty text. */
  intern(text: string | undefined): number {
    if (text === undefined || text === '') return NO_TEXT;
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.length;
      this.texts.push(text);
      this.numbers.set(text, number);
    }
    return number;
  }

  /** The number of a text that is there. */
  find(text: string): number | undefined {
    return this.numbers.get(text);
  }

  /** The text of a number; undefined for `NO_TEXT`. */
  text(number: number): string | undefined {
    return number < 0 ? undefined : this.texts[number];
  }
}
