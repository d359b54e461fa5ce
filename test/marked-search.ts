/** A search whose text has a piece marked with «…»: the text without the marks, and the piece's place. */
export interface MarkedSearch {
  readonly text: string;
  readonly span: { readonly start: number; readonly end: number };
}

/** Reads `index=t | «bogus» x`. Without marks the span is the whole text. */
export function markedSearch(marked: string): MarkedSearch {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace('«', '').replace('»', '');
  return { text, span: start === -1 ? { start: 0, end: text.length } : { start, end } };
}
