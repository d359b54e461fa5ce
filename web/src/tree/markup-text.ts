import { textParts } from '../text/hidden-characters.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text for XML or HTML, where it can be nothing but text. */
export function markupText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** The same, with characters that would not be seen in the words of their code point: `[U+202E]`. */
export function visibleText(text: string): string {
  return textParts(text)
    .map((part) => (part.kind === 'plain' ? part.text : `[${part.codes}]`))
    .join('');
}
