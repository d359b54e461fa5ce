/** The cells of a line of comma-separated values (RFC 4180); a mark within a cell that does not begin with one is text. */
export function csvCells(line: string, most: number): readonly string[] {
  const cells: string[] = [];
  let at = 0;
  while (cells.length < most) {
    if (line[at] === '"') {
      const end = closing(line, at + 1);
      if (end >= 0) {
        cells.push(line.slice(at + 1, end).replaceAll('""', '"'));
        if (end + 1 >= line.length) break;
        at = end + 2;
        continue;
      }
    }
    const comma = line.indexOf(',', at);
    cells.push(line.slice(at, comma < 0 ? line.length : comma));
    if (comma < 0) break;
    at = comma + 1;
  }
  return cells;
}

/** Index of the mark that closes a cell: one that is not doubled, before a comma or the line's end. */
function closing(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 1)) {
    if (line[at + 1] === '"') at++;
    else if (at + 1 === line.length || line[at + 1] === ',') return at;
  }
  return -1;
}
