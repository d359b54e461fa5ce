/** Why a character is shown as a tag. */
export type HiddenKind = 'control' | 'bidi' | 'zero-width' | 'line-break' | 'tab';

export interface HiddenCharacter {
  readonly kind: 'hidden';
  /** The character itself; of a line break also two. */
  readonly text: string;
  /** `U+202E`; `↵` of a line break, `⇥` of a tab. */
  readonly tag: string;
  /** `U+202E`, `U+000D U+000A`. */
  readonly codes: string;
  readonly why: HiddenKind;
}

export interface PlainText {
  readonly kind: 'plain';
  readonly text: string;
}

export type TextPart = PlainText | HiddenCharacter;

/*
 * Control characters without line feed and tab, which callers choose about; marks, embeddings, overrides and isolates of
 * direction (UAX #9); characters that are drawn as nothing (Default_Ignorable_Code_Point of Unicode 16, fillers, tags,
 * variation selectors); line and paragraph separators; halves of surrogate pairs.
 */
const control = '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ufff9-\\ufffb';
const bidi = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
const zeroWidth =
  '\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200d\\u2060-\\u2065\\u206a-\\u206f\\u3164' +
  '\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}';
const alone = '\\ud800-\\udfff';
const inLine = new RegExp(`\\r\\n|[\\u0009\\u000a${control}${bidi}${zeroWidth}${alone}]`, 'u');
const inLineAll = new RegExp(inLine.source, 'gu');
/** A carriage return is a part of the line feed behind it; alone it may write over what stands in front. */
const inLines = new RegExp(`(?!\\r\\n)[${control}${bidi}${zeroWidth}${alone}]`, 'gu');
const isBidi = new RegExp(`[${bidi}]`, 'u');
const isZeroWidth = new RegExp(`[${zeroWidth}]`, 'u');

export function hasHidden(text: string): boolean {
  return inLine.test(text);
}

function hidden(text: string): HiddenCharacter {
  const codes = [...text]
    .map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');
  if (text.endsWith('\n')) return { kind: 'hidden', text, tag: '↵', codes, why: 'line-break' };
  if (text === '\t') return { kind: 'hidden', text, tag: '⇥', codes, why: 'tab' };
  const why = isBidi.test(text) ? 'bidi' : isZeroWidth.test(text) ? 'zero-width' : 'control';
  return { kind: 'hidden', text, tag: codes, codes, why };
}

/**
 * Cuts a text into what can be shown as it is and the characters that would not be seen or would change how the rest is
 * seen. Nothing is left out: the parts' texts together are the text. With `keepLines`, line feeds and tabs are plain.
 */
export function textParts(text: string, keepLines = false): readonly TextPart[] {
  if (!hasHidden(text)) return text === '' ? [] : [{ kind: 'plain', text }];
  const parts: TextPart[] = [];
  let at = 0;
  for (const found of text.matchAll(keepLines ? inLines : inLineAll)) {
    if (found.index > at) parts.push({ kind: 'plain', text: text.slice(at, found.index) });
    parts.push(hidden(found[0]));
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push({ kind: 'plain', text: text.slice(at) });
  return parts;
}

/** How many hidden characters a text holds; line feeds and tabs do not count. */
export function countHidden(text: string): number {
  return text.match(inLines)?.length ?? 0;
}

/** The tags of the hidden characters in a text, each once, at most `most`. */
export function hiddenTags(text: string, most = 5): readonly string[] {
  const tags = new Set<string>();
  for (const found of text.matchAll(inLines)) {
    tags.add(hidden(found[0]).tag);
    if (tags.size === most) break;
  }
  return [...tags];
}
