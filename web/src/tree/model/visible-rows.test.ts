import { array, assert, boolean, constant, integer, property, record, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterMask, noFilter } from './filter-mask.ts';
import { initialOpen, withBranches } from './open-state.ts';
import { isLast, rowKinds } from './row-buffer.ts';
import { type SampleProcess, sampleTree } from './sample-tree.ts';
import { nameAt, type TreeColumns } from './tree-columns.ts';
import { shapeOf } from './tree-shape.ts';
import { groupOf, rowOfPosition, type VisibleRows, visibleRows } from './visible-rows.ts';

function allOpen(columns: TreeColumns) {
  return { branches: new Uint8Array(columns.size).fill(1), groups: new Set<number>() };
}

function drawn(columns: TreeColumns, rows: VisibleRows): string[] {
  return Array.from({ length: rows.length }, (_, row) => {
    const kind = rows.kind[row];
    const indent = '  '.repeat(rows.depth[row] ?? 0);
    if (kind === rowKinds.section) return '----';
    const name = nameAt(columns, rows.position[row] ?? 0);
    const count = kind === rowKinds.process ? '' : ` x ${rows.count[row]}`;
    return `${indent}${name}${count}`;
  });
}

const outlook = sampleTree([
  { parent: -1, name: 'explorer' },
  { parent: 0, name: 'outlook', matched: true },
  { parent: 1, name: 'conhost', fold: 0 },
  { parent: 1, name: 'excel', severity: 3 },
  { parent: 3, name: 'cmd' },
  { parent: 1, name: 'conhost', fold: 0 },
  { parent: 1, name: 'conhost', fold: 0 },
  { parent: 1, name: 'conhost', fold: 0, severity: 1 },
  { parent: -1, name: 'svchost' },
  { parent: 8, name: 'wmi' },
]);
const shape = shapeOf(outlook);

describe('rows', () => {
  test('fold alike siblings, never a flagged one, and part the roots that were not asked for', () => {
    const rows = visibleRows({
      columns: outlook,
      shape,
      open: allOpen(outlook),
      mask: undefined,
      foldAlike: true,
      root: -1,
    });
    expect(drawn(outlook, rows)).toEqual([
      'explorer',
      '  outlook',
      '    conhost x 3',
      '    excel',
      '      cmd',
      '    conhost',
      '----',
      'svchost',
      '  wmi',
    ]);
    expect(rows.counts).toMatchObject({ rows: 8, folded: 2, notOpened: 0, filtered: 0, outside: 0 });
    expect([rows.placeInSet[3], rows.setSize[3]]).toEqual([2, 3]);
  });

  test('of an opened group are its members, a level below it', () => {
    const open = { ...allOpen(outlook), groups: new Set([2]) };
    const rows = visibleRows({ columns: outlook, shape, open, mask: undefined, foldAlike: true, root: 1 });
    expect(drawn(outlook, rows)).toEqual([
      'outlook',
      '  conhost x 3',
      '    conhost',
      '    conhost',
      '    conhost',
      '  excel',
      '    cmd',
      '  conhost',
    ]);
    expect(rows.counts).toMatchObject({ rows: 7, folded: 0, outside: 3 });
    expect(groupOf({ columns: outlook, shape, open, mask: undefined, foldAlike: true, root: 1 }, 6)).toBe(2);
  });

  test('of closed branches are counted with their flags', () => {
    const open = withBranches(allOpen(outlook), [1], false);
    const rows = visibleRows({ columns: outlook, shape, open, mask: undefined, foldAlike: true, root: -1 });
    expect(drawn(outlook, rows)).toEqual(['explorer', '  outlook', '----', 'svchost', '  wmi']);
    expect(rows.counts).toMatchObject({ rows: 4, notOpened: 6, flaggedNotOpened: 2 });
  });

  test('of a filter are whole branches, opened to each hit', () => {
    const mask = filterMask(outlook, shape, { ...noFilter, flagged: true });
    const open = withBranches(allOpen(outlook), [0, 1], false);
    const rows = visibleRows({ columns: outlook, shape, open, mask, foldAlike: true, root: -1 });
    expect(drawn(outlook, rows)).toEqual(['explorer', '  outlook', '    excel', '      cmd', '    conhost']);
    expect(rows.counts).toMatchObject({ rows: 5, filtered: 5 });
  });

  test('a branch of 100,000 levels does not overflow the stack', () => {
    const deep = sampleTree(Array.from({ length: 100_000 }, (_, at) => ({ parent: at - 1 })));
    const rows = visibleRows({
      columns: deep,
      shape: shapeOf(deep),
      open: allOpen(deep),
      mask: undefined,
      foldAlike: true,
      root: -1,
    });
    expect(rows.length).toBe(100_000);
  });

  test('a large branch is closed at first, what was asked for is open', () => {
    const processes: SampleProcess[] = [{ parent: -1 }, { parent: 0 }];
    for (let at = 0; at < 300; at += 1) processes.push({ parent: 1 });
    processes.push({ parent: 0 }, { parent: 302, matched: true });
    const columns = sampleTree(processes);
    const open = initialOpen(columns, shapeOf(columns));
    expect([open.branches[0], open.branches[1], open.branches[302]]).toEqual([1, 0, 1]);
  });
});

/** A tree in pre-order: each process hangs somewhere on the chain to the one before. */
const trees = array(
  record({
    up: integer({ min: 0, max: 4 }),
    fold: integer({ min: -1, max: 2 }),
    severity: tuple(boolean(), boolean()).map(([a, b]) => (a && b ? 2 : 0)),
    grade: integer({ min: 0, max: 4 }),
    matched: integer({ min: 0, max: 9 }).map((value) => value === 0),
  }),
  { maxLength: 60 },
).map((picks) => {
  const chain: number[] = [];
  return sampleTree(
    picks.map(({ up, ...rest }, at) => {
      chain.length = Math.max(0, chain.length - up);
      const parent = chain.at(-1) ?? -1;
      chain.push(at);
      return { parent, ...rest };
    }),
  );
});

describe('rows of any tree', () => {
  const requests = trees.chain((columns) =>
    tuple(
      constant(columns),
      array(boolean(), { minLength: columns.size, maxLength: columns.size }),
      array(integer({ min: 0, max: Math.max(0, columns.size - 1) }), { maxLength: 8 }),
      boolean(),
      integer({ min: 0, max: 3 }),
      integer({ min: -1, max: columns.size - 1 }),
    ),
  );

  test('account for every process, in order, each once', () => {
    assert(
      property(requests, ([columns, opened, groups, foldAlike, filter, root]) => {
        const treeShape = shapeOf(columns);
        const mask = filterMask(columns, treeShape, {
          ...noFilter,
          flagged: filter === 1,
          doubtful: filter === 2,
        });
        const open = { branches: Uint8Array.from(opened, Number), groups: new Set(groups) };
        const request = { columns, shape: treeShape, open, mask, foldAlike, root };
        const rows = visibleRows(request);
        const { counts } = rows;
        const sum = counts.rows + counts.folded + counts.notOpened + counts.filtered + counts.outside;
        expect(sum - (root >= 0 && mask?.[root] === 0 ? 1 : 0)).toBe(columns.size);
        const seen = new Set<number>();
        for (let row = 0; row < rows.length; row += 1) {
          const above = rows.parent[row] ?? -1;
          expect(above).toBeLessThan(row);
          if (rows.kind[row] === rowKinds.section) continue;
          if (above >= 0) {
            expect(rows.depth[row]).toBe((rows.depth[above] ?? 0) + 1);
            expect(rows.expanded[above]).toBe(1);
          }
          if (rows.kind[row] === rowKinds.process) {
            const at = rows.position[row] ?? 0;
            expect(seen.has(at)).toBe(false);
            seen.add(at);
          }
        }
        const places = new Map<string, number>();
        let section = 0;
        for (let row = 0; row < rows.length; row += 1) {
          if (rows.kind[row] === rowKinds.section) {
            section += 1;
            continue;
          }
          const set = `${section} ${rows.parent[row]}`;
          const place = (places.get(set) ?? 0) + 1;
          places.set(set, place);
          expect(rows.placeInSet[row]).toBe(place);
          if (isLast(rows, row)) expect(place).toBe(rows.setSize[row]);
        }
        const rowOf = rowOfPosition(rows, columns.size);
        for (const at of seen) expect(rows.position[rowOf[at] ?? 0]).toBe(at);
      }),
    );
  });
});
