/** A message and, where there is something to try, a hint. */
export type Wording = readonly [message: string, hint?: string | undefined];

export type Wordings<Sayings> = {
  readonly [Code in keyof Sayings]: (parameters: Sayings[Code]) => Wording;
};

const endsWestern = /[!-~]$/;
const beginsWestern = /^[!-~]/;
const endsJapanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]$/u;
const beginsJapanese = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A Japanese sentence: a blank stands where what is put in meets Japanese letters with Western ones. */
export function japanese(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  let said = parts[0] ?? '';
  values.forEach((value, at) => {
    const text = typeof value === 'number' ? value.toLocaleString('en') : value;
    const after = parts[at + 1] ?? '';
    const before = endsJapanese.test(said) && beginsWestern.test(text) ? ' ' : '';
    const behind = endsWestern.test(text) && beginsJapanese.test(after) ? ' ' : '';
    said += `${before}${text}${behind}${after}`;
  });
  return said;
}
