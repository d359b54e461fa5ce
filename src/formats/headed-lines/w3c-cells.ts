/** A line's values in their order. */
export interface W3cCells {
  readonly values: ReadonlyMap<number, string>;
  /** Whether quotation marks within values leave it open which value is which: those are left out. */
  readonly isDoubtful: boolean;
}

/**
 * The values of a line, divided by blanks or tabs (by tabs alone where the names of its fields are, as ISA Server and TMG write them:
 * values then have blanks); a value in quotation marks may hold blanks, and doubled marks for marks. A
 * client may have written marks into a value that the writer did not escape. Where the count is not that of the fields, values
 * are taken from the left up to the first mark, and from the right back to the last. Undefined: the line has no marks, and
 * another count.
 */
export function w3cCells(line: string, fields: number, isTabbed = false): W3cCells | undefined {
  if (isTabbed) {
    const tabbed = line.split('\t', fields + 1);
    if (tabbed.length === fields)
      return { values: new Map(tabbed.map((value) => value.trim()).entries()), isDoubtful: false };
  }
  const cells = cellsOf(line, fields + 1);
  if (cells.length === fields) return { values: new Map(cells.entries()), isDoubtful: false };
  const first = line.indexOf('"');
  if (first < 0) return undefined;
  const left = words(line.slice(0, first));
  // The word that the mark is in, or begins, is the first in doubt.
  if (first > 0 && !isBlank(line.charCodeAt(first - 1))) left.pop();
  const last = line.lastIndexOf('"');
  const right = words(line.slice(last + 1));
  if (last + 1 < line.length && !isBlank(line.charCodeAt(last + 1))) right.shift();
  if (left.length + right.length >= fields) return undefined;
  const values = new Map<number, string>(left.entries());
  for (const [at, word] of right.entries()) values.set(fields - right.length + at, word);
  return { values, isDoubtful: true };
}

/** The values, as far as `most` of them. */
function cellsOf(line: string, most: number): string[] {
  const cells: string[] = [];
  let at = 0;
  while (cells.length < most) {
    while (at < line.length && isBlank(line.charCodeAt(at))) at++;
    if (at >= line.length) break;
    const end = line[at] === '"' ? closing(line, at + 1) : -1;
    if (end >= 0) {
      cells.push(line.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
      continue;
    }
    let stop = at;
    while (stop < line.length && !isBlank(line.charCodeAt(stop))) stop++;
    cells.push(line.slice(at, stop));
    at = stop;
  }
  return cells;
}

/** Index of the mark that closes a value: the first that a blank or the line's end follows. */
function closing(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 1)) {
    if (line[at + 1] === '"') {
      at++;
      continue;
    }
    if (at + 1 === line.length || isBlank(line.charCodeAt(at + 1))) return at;
  }
  return -1;
}

function words(text: string): string[] {
  return text.split(/[ \t]+/).filter((word) => word !== '');
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
