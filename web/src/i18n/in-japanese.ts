import i18next from 'i18next';
import type { japaneseWords } from './japanese.ts';

type JapaneseWords = typeof japaneseWords;

let words: JapaneseWords | undefined;

/** Takes what is loaded with the Japanese texts. */
export function learnJapanese(loaded: JapaneseWords): void {
  words = loaded;
}

/** How what the server says by code is said in Japanese; undefined in English, which the server says itself. */
export function inJapanese(language: string = i18next.language): JapaneseWords | undefined {
  return language === 'ja' ? words : undefined;
}
