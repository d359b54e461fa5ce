/** A line of a drawing by pstree, taken apart; the parts together are the line. */
export interface PstreeLine {
  /** Marks of depth: `` `` |--- ``. */
  readonly guide: string;
  /** `Excel.exe (6416)`. */
  readonly label: string;
  readonly gap: string;
  /** What the search gave as detail. */
  readonly detail: string;
  /** The process id in the label. */
  readonly pid: number | undefined;
  /** The moment that the detail begins with, as written. */
  readonly time: string | undefined;
}

const shape = /^((?:`` )*\|--- )?(.*?\((\d{1,10}|0x[0-9a-f]{1,8})\))(\s+)?(.*)$/is;

export function pstreeLine(line: string): PstreeLine | undefined {
  const found = shape.exec(line);
  if (!found) return undefined;
  const [, guide = '', label = '', pid = '', gap = '', detail = ''] = found;
  const time = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?/.exec(detail)?.[0];
  return { guide, label, gap, detail, pid: Number(pid), time };
}

/** Whether the lines of a cell are a drawing by pstree. */
export function isPstree(lines: readonly string[]): boolean {
  return lines.length > 1 && lines.slice(1, 4).every((line) => /^(`` )*\|--- /.test(line));
}
