const blocks = '▁▂▃▄▅▆▇█';

/** Counts as a line of blocks, one a part: `·` for none, and the height by the share of the highest. */
export function timeStrip(parts: readonly number[]): string {
  const most = Math.max(1, ...parts);
  return parts
    .map((count) => {
      if (count <= 0) return '·';
      // The root shows few events beside many.
      const height = Math.ceil(Math.sqrt(count / most) * blocks.length) - 1;
      return blocks[Math.max(0, Math.min(blocks.length - 1, height))];
    })
    .join('');
}

/** What is marked below a strip: the parts from `from` to `to`, both counted from 0, and the sign for them. */
export interface StripMark {
  readonly from: number;
  readonly to: number;
  readonly sign: string;
}

/** A line of signs below a strip; empty where there is none. `*` where a part has several. */
export function stripMarks(parts: number, marks: readonly StripMark[]): string {
  const signs = new Array<string>(parts).fill(' ');
  for (const { from, to, sign } of marks)
    for (let at = Math.max(0, from); at <= Math.min(parts - 1, to); at++)
      signs[at] = signs[at] === ' ' || signs[at] === sign ? sign : '*';
  return signs.join('').trimEnd();
}
