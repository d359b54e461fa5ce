const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);
const SLASH = 0x2f;
const GREATER = 0x3e;

/** The next `<Event` from `from` on; not sure where the bytes end before it shows that the name ends there. */
export function eventStart(
  bytes: Buffer,
  from: number,
  last: boolean,
): { readonly index: number; readonly isSure: boolean } {
  for (let at = bytes.indexOf('<Event', from); at >= 0; at = bytes.indexOf('<Event', at + 6)) {
    const next = bytes[at + 6];
    if (next === undefined) return last ? { index: -1, isSure: true } : { index: at, isSure: false };
    if (next === GREATER || next === SLASH || BLANKS.has(next)) return { index: at, isSure: true };
  }
  return { index: -1, isSure: true };
}

export interface EventBorder {
  readonly end: number;
  /** False where the next event, or the text's end, comes before the event's own end. */
  readonly isWhole: boolean;
}

/** A border that lies across two looks at the bytes is seen whole in the second, which repeats so many. */
export const BORDER_BYTES = 16;
const CLOSING_BLANKS = BORDER_BYTES - '</Event>'.length - 1;

/**
 * Where the event that begins at `start` ends; undefined where that is not in sight. `last`: the text ends with the bytes;
 * `full`: they are all that an event may have. Comments and CDATA sections hide what stands in them, where they end.
 */
export function eventEnd(
  bytes: Buffer,
  start: number,
  { last, full }: { readonly last: boolean; readonly full: boolean },
): EventBorder | undefined {
  const tagEnd = bytes.indexOf(GREATER, start);
  if (tagEnd < 0) return last ? { end: bytes.length, isWhole: false } : undefined;
  if (bytes[tagEnd - 1] === SLASH) return { end: tagEnd + 1, isWhole: true };
  const plain = nearestBorder(bytes, tagEnd, last);
  let found = plain;
  let markup = bytes.subarray(0, plain?.end ?? bytes.length).indexOf('<!', tagEnd);
  while (markup >= 0 && markup < (found?.end ?? bytes.length)) {
    const opening = bytes.toString('latin1', markup, markup + 9);
    let behind = markup + 2;
    if (opening.startsWith('<!--') || opening === '<![CDATA[') {
      const end = bytes.indexOf(opening === '<![CDATA[' ? ']]>' : '-->', markup + 4);
      if (end < 0) return last || full ? plain : undefined;
      behind = end + 3;
    } else if (opening.length < 9 && !last && !full) return undefined;
    if (found && found.end <= behind) found = nearestBorder(bytes, behind, last);
    markup = bytes.indexOf('<!', behind);
  }
  return found;
}

/**
 * The nearest border from `from` on, whatever hides it. The event's end is looked for only before the next event, so that
 * a text of nothing but openings costs no more than its length.
 */
export function nearestBorder(bytes: Buffer, from: number, last: boolean): EventBorder | undefined {
  const next = eventStart(bytes, from, last);
  const nextIndex = next.index >= 0 && next.isSure ? next.index : bytes.length;
  const end = closingTagEnd(bytes, from, nextIndex);
  if (end >= 0) return { end, isWhole: true };
  return nextIndex < bytes.length || last ? { end: nextIndex, isWhole: false } : undefined;
}

/** End of the first `</Event>` between two indices; -1 where there is none. */
function closingTagEnd(bytes: Buffer, from: number, to: number): number {
  const part = bytes.subarray(from, to);
  for (let at = part.indexOf('</Event'); at >= 0; at = part.indexOf('</Event', at + 7)) {
    let end = at + 7;
    while (end < at + 7 + CLOSING_BLANKS && BLANKS.has(part[end] as number)) end++;
    if (part[end] === GREATER) return from + end + 1;
  }
  return -1;
}
