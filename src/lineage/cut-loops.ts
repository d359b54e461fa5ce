import { GRADE_NONE } from './link-context.ts';
import { NONE, type ProcessTable } from './process-table.ts';
import { reasonBits } from './reason-bits.ts';

/** Cuts every loop of parents at the process that began first, which is left without a parent. */
export function cutLoops(table: ProcessTable): void {
  const { first, size } = table;
  const visit = new Int32Array(size);
  for (let process = 0; process < size; process++) {
    let walk = process;
    while (walk !== NONE && visit[walk] === 0) {
      visit[walk] = process + 1;
      walk = table.parent[walk] as number;
    }
    if (walk === NONE || visit[walk] !== process + 1) continue;
    let earliest = walk;
    for (let each = table.parent[walk] as number; each !== walk; each = table.parent[each] as number)
      if (isEarlier(first, each, earliest)) earliest = each;
    table.parent[earliest] = NONE;
    table.grade[earliest] = GRADE_NONE;
    table.reasons[earliest] = (table.reasons[earliest] as number) | reasonBits['loop-cut'];
  }
}

function isEarlier(first: Float64Array, one: number, other: number): boolean {
  const difference = (first[one] as number) - (first[other] as number);
  return difference < 0 || (difference === 0 && one < other);
}
