/** Browsers draw elements only so high (Firefox 17.8 million pixels, Chromium 33.5 million). */
const highest = 15_000_000;

/** Which rows of equal height are in sight, and where to draw them; beyond `highest`, scrolling is in proportion. */
export interface RowWindow {
  /** Height of what is scrolled. */
  readonly height: number;
  /** First row to draw, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Distance of the row `from` from the top of what is scrolled. */
  readonly top: number;
  /** No window of this height has more rows. */
  readonly most: number;
}

export function rowWindow(
  rows: number,
  rowHeight: number,
  scrollTop: number,
  viewport: number,
  more = 12,
): RowWindow {
  const whole = rows * rowHeight;
  const height = Math.min(whole, highest);
  const offset = scrollTop * scale(whole, height, viewport);
  const firstSeen = Math.floor(offset / rowHeight);
  const from = Math.max(0, firstSeen - more);
  const to = Math.min(rows, Math.ceil((offset + viewport) / rowHeight) + more);
  const most = Math.ceil(viewport / rowHeight) + 2 * more + 1;
  return { height, from, to, top: scrollTop - (offset - from * rowHeight), most };
}

/** Pixels of rows for a pixel of scrolling. */
function scale(whole: number, height: number, viewport: number): number {
  return whole <= height || height <= viewport ? 1 : (whole - viewport) / (height - viewport);
}

/** The scroll position at which a row is in sight, as near as may be to where it is now. */
export function scrollTo(
  row: number,
  rows: number,
  rowHeight: number,
  scrollTop: number,
  viewport: number,
): number {
  const whole = rows * rowHeight;
  const ratio = scale(whole, Math.min(whole, highest), viewport);
  const offset = scrollTop * ratio;
  const top = row * rowHeight;
  if (top < offset) return top / ratio;
  if (top + rowHeight > offset + viewport) return (top + rowHeight - viewport) / ratio;
  return scrollTop;
}
