import { hasHidden } from './hidden-characters.ts';

export interface TextPiece {
  readonly kind: 'text';
  readonly text: string;
  /** Whether this is a place that was searched for. */
  readonly hit: boolean;
}

export interface CutPiece {
  readonly kind: 'cut';
  readonly text: string;
}

/** A text to show: pieces as they are, and cuts of which only the length is shown. Together they are the text. */
export type Piece = TextPiece | CutPiece;

/** Cuts at most here, so that a text of a megabyte costs what a line costs. */
const mostHits = 50;

function pieces(text: string, hit: string): TextPiece[] {
  if (hit === '') return text === '' ? [] : [{ kind: 'text', text, hit: false }];
  const low = text.toLowerCase();
  // Where lower case changes the length, offsets would not fit the text.
  const source = low.length === text.length ? low : text;
  const sought = low.length === text.length ? hit.toLowerCase() : hit;
  const found: TextPiece[] = [];
  let at = 0;
  for (let count = 0; count < mostHits; count += 1) {
    const place = source.indexOf(sought, at);
    if (place < 0) break;
    if (place > at) found.push({ kind: 'text', text: text.slice(at, place), hit: false });
    found.push({ kind: 'text', text: text.slice(place, place + sought.length), hit: true });
    at = place + sought.length;
  }
  if (at < text.length) found.push({ kind: 'text', text: text.slice(at), hit: false });
  return found;
}

function firstHidden(text: string): number {
  for (let at = 0; at < text.length; at += 1) if (hasHidden(text.charAt(at))) return at;
  return -1;
}

/**
 * A long text for one line: its beginning, then the first hit or hidden character with what follows, with the characters
 * left out between as a cut; `most` is the number of UTF-16 units to show. What is short is shown whole.
 */
export function elide(text: string, most: number, hit = ''): readonly Piece[] {
  if (text.length <= most) return pieces(text, hit);
  const low = text.toLowerCase();
  const hitAt = hit === '' || low.length !== text.length ? -1 : low.indexOf(hit.toLowerCase());
  const hiddenAt = hasHidden(text) ? firstHidden(text) : -1;
  const places = [hitAt, hiddenAt].filter((place) => place >= most / 2);
  const place = places.length === 0 ? -1 : Math.min(...places);
  const headLength = place < 0 ? most : Math.floor(most / 3);
  const out: Piece[] = [...pieces(text.slice(0, headLength), hit)];
  let end = headLength;
  if (place >= 0) {
    const from = Math.max(headLength, place - 4);
    if (from > headLength) out.push({ kind: 'cut', text: text.slice(headLength, from) });
    end = Math.min(text.length, from + most - headLength);
    out.push(...pieces(text.slice(from, end), hit));
  }
  if (end < text.length) out.push({ kind: 'cut', text: text.slice(end) });
  return out;
}
