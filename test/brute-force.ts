/**
 * What a search for words finds, said once more and otherwise: by walking texts, without regular expressions and without the
 * engine. The rules are those of docs/language.md: letter case does not matter, `*` is any run.
 */
export interface BruteText {
  readonly raw: string;
  /** Lower case of ASCII letters alone, which is what a search in ASCII compares with. */
  readonly ascii: string;
  readonly folded: string;
}

export function bruteText(raw: string): BruteText {
  return { raw, ascii: raw.replace(/[A-Z]+/g, (found) => found.toLowerCase()), folded: fold(raw) };
}

/** The two small sigmas are one letter. */
function fold(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ');
}

const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text);

function formOf(text: BruteText, wanted: string): { readonly text: string; readonly wanted: string } {
  return isAscii(wanted)
    ? { text: text.ascii, wanted: wanted.toLowerCase() }
    : { text: text.folded, wanted: fold(wanted) };
}

/** Whether the text contains the pieces between the stars in order. */
export function holdsRun(text: BruteText, wanted: string): boolean {
  const form = formOf(text, wanted);
  let at = 0;
  for (const piece of form.wanted.split('*')) {
    const found = form.text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}

const major = new Set('[]<>(){}|!;,\'"*\n\r \t&?+');
const minor = new Set('/:=@.-$#%\\_');
const codes = '%21 %26 %2526 %3b %7c %20 %2b %3d -- %2520 %5d %5b %3a %0a %2c %28 %29'.split(' ');

const isBreaker = (character: string | undefined) =>
  character === undefined || major.has(character) || minor.has(character);

/** Whether a word may begin at a place: at the text's start, or behind a breaker. */
function opens(text: string, at: number): boolean {
  if (at === 0 || isBreaker(text[at - 1])) return true;
  const before = text.slice(Math.max(0, at - 5), at).toLowerCase();
  return codes.some((code) => before.endsWith(code));
}

/**
 * Whether the text holds a word or phrase at its borders. A side that is a breaker or a star needs none. Between the pieces
 * of a phrase anything may stand, between those of a word no major breaker.
 */
export function holdsWords(given: BruteText, wantedAsWritten: string, isPhrase: boolean): boolean {
  const { text, wanted } = formOf(given, wantedAsWritten);
  const needsOpen = wanted[0] !== '*' && !isBreaker(wanted[0]);
  const needsClose = !wanted.endsWith('*') && !isBreaker(wanted.at(-1));
  const [first, ...others] = wanted.split('*').filter((piece) => piece !== '');
  if (first === undefined) return true;
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    if (needsOpen && !opens(text, at)) continue;
    if (follow(text, at + first.length, others, isPhrase, needsClose)) return true;
  }
  return false;
}

function follow(
  text: string,
  from: number,
  pieces: readonly string[],
  isPhrase: boolean,
  needsClose: boolean,
): boolean {
  const [piece, ...others] = pieces;
  if (piece === undefined) return !needsClose || from >= text.length || isBreaker(text[from]);
  for (let at = text.indexOf(piece, from); at >= 0; at = text.indexOf(piece, at + 1)) {
    if (!isPhrase && [...text.slice(from, at)].some((character) => major.has(character))) return false;
    if (follow(text, at + piece.length, others, isPhrase, needsClose)) return true;
  }
  return false;
}
