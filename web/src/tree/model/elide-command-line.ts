/** Characters that are shown as a tag because they cannot be seen, or turn the text around. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/u;

/** Lines longer than this bear their length. */
export const longLine = 1000;

/** A piece of a command line: text as it is, or the number of characters that were left out in its place. */
export type LinePart =
  | { readonly kind: 'text'; readonly text: string; readonly hit: boolean }
  | { readonly kind: 'cut'; readonly count: number };

/**
 * A command line for a cell that has room for `room` characters: its beginning and the first hit or hidden character, with
 * the number of characters left out between. The end is left to the cell, which shows an ellipsis; no more than `most`
 * characters are given out.
 */
export function elideCommandLine(
  line: string,
  needle: string,
  room: number,
  most = 400,
): readonly LinePart[] {
  const hitAt = needle === '' ? -1 : lower(line).indexOf(lower(needle));
  const hiddenAt = line.slice(0, 20_000).search(hidden);
  const firstAt = Math.min(...[hitAt, hiddenAt].filter((at) => at >= 0));
  const neededUntil = firstAt === hitAt ? firstAt + needle.length : firstAt + 1;
  if (!Number.isFinite(firstAt) || neededUntil <= room || line.length <= room)
    return marked(clip(line, most), needle, hitAt);
  const head = headEnd(line, Math.max(8, Math.min(firstAt - 4, Math.floor(room / 3))));
  const tail = tailStart(line, head, firstAt);
  if (tail - head < 6) return marked(clip(line, most), needle, hitAt);
  return [
    { kind: 'text', text: line.slice(0, head), hit: false },
    { kind: 'cut', count: tail - head },
    ...marked(clip(line.slice(tail), most), needle, hitAt - tail),
  ];
}

/** The end of the beginning that is kept: after a word, if one ends near. */
function headEnd(line: string, wanted: number): number {
  const space = line.lastIndexOf(' ', wanted);
  return whole(line, space > 3 ? space : wanted);
}

/** Where the text goes on: a few characters before what is to be seen, from a word or folder on if one begins near. */
function tailStart(line: string, head: number, firstAt: number): number {
  const near = Math.max(head, firstAt - 12);
  const space = line.lastIndexOf(' ', firstAt);
  if (space >= near) return space + 1;
  return whole(line, Math.max(head, firstAt - 4));
}

/** Never between the halves of a surrogate pair. */
function whole(line: string, at: number): number {
  const unit = line.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

function clip(text: string, most: number): string {
  return text.length > most ? text.slice(0, whole(text, most)) : text;
}

function marked(text: string, needle: string, hitAt: number): readonly LinePart[] {
  if (needle === '' || hitAt < 0 || hitAt >= text.length) return [{ kind: 'text', text, hit: false }];
  const parts: LinePart[] = [];
  const low = lower(text);
  const sought = lower(needle);
  let from = 0;
  for (let at = low.indexOf(sought); at >= 0; at = low.indexOf(sought, from)) {
    if (at > from) parts.push({ kind: 'text', text: text.slice(from, at), hit: false });
    parts.push({ kind: 'text', text: text.slice(at, at + needle.length), hit: true });
    from = at + needle.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from), hit: false });
  return parts;
}

/** Lower case of the same length, so that places in it are places in the text. */
function lower(text: string): string {
  const low = text.toLowerCase();
  return low.length === text.length ? low : text;
}
