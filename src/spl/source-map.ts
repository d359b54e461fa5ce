import type { Diagnostic, Span } from '../core/diagnostic.ts';

/** A piece of an expanded text. Copied pieces map character by character, made ones to the call that made them. */
interface Piece {
  readonly start: number;
  readonly origin: Span;
  readonly copied: boolean;
}

/** Where each character of a search with its macros expanded comes from in the search as written. */
export class SourceMap {
  readonly #pieces: Piece[] = [];

  /** Pieces are added in the order of the expanded text. */
  add(start: number, origin: Span, copied: boolean): void {
    this.#pieces.push({ start, origin, copied });
  }

  /** The span in the search as written. */
  original(span: Span): Span {
    const first = this.#locate(span.start, 'start');
    if (span.end <= span.start) return { start: first.start, end: first.copied ? first.start : first.end };
    const last = this.#locate(span.end - 1, 'end');
    return { start: first.start, end: Math.max(first.start, last.end) };
  }

  #locate(offset: number, side: 'start' | 'end'): Span & { readonly copied: boolean } {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pieces[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const piece = this.#pieces[low];
    if (piece === undefined) return { start: offset, end: offset + 1, copied: true };
    if (!piece.copied) return { ...piece.origin, copied: false };
    const at = Math.min(piece.origin.start + (offset - piece.start), piece.origin.end);
    return { start: at, end: side === 'end' ? Math.min(at + 1, piece.origin.end) : at, copied: true };
  }
}

/** The diagnostic with its span in the search as written. */
export function relocateDiagnostic(diagnostic: Diagnostic, map: SourceMap): Diagnostic {
  return diagnostic.span === undefined ? diagnostic : { ...diagnostic, span: map.original(diagnostic.span) };
}

/** The same tree with every span in the search as written. Trees are plain data, so this needs to know none of them. */
export function relocateTree<Tree>(tree: Tree, map: SourceMap): Tree {
  return relocated(tree, map) as Tree;
}

function relocated(value: unknown, map: SourceMap): unknown {
  if (Array.isArray(value)) return value.map((item) => relocated(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isSpanEntry(key, item) ? map.original(item) : relocated(item, map),
    ]),
  );
}

/** Whether a property of a tree is a place in the text: `span`, `nameSpan` and so on (`span` may be a bin's size, too). */
export function isSpanEntry(key: string, value: unknown): value is Span {
  if (key !== 'span' && !key.endsWith('Span')) return false;
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
}
