import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../test/shared-data.ts';
import { PstreeBuilder, type PstreeOptions, type PstreeRow, pstree } from './pstree.ts';
import type { PstreeEdge } from './pstree-graph.ts';
import { describePstreeLoss, pstreeLoss } from './pstree-loss.ts';
import type { PstreeWarning } from './pstree-warning.ts';

const edges = (...rows: readonly string[]): PstreeRow[] =>
  rows.map((row) => {
    const [parent = '', child = '', detail = ''] = row.split('|');
    return { parent, child, detail };
  });

const trees = (rows: Iterable<PstreeRow>, options: PstreeOptions = {}) =>
  pstree(rows, options).rows.map((row) => row.tree);

const warnings = (rows: Iterable<PstreeRow>, options: PstreeOptions = {}): PstreeWarning[] =>
  pstree(rows, options).warnings.map((each) => each.warning);

const kinds = (rows: Iterable<PstreeRow>, options: PstreeOptions = {}) =>
  warnings(rows, options).map((warning) => warning.kind);

interface Golden {
  readonly input: readonly Record<string, string>[];
  readonly runs: readonly {
    readonly args: { child: string; parent: string; detail?: string; spaces?: number; method?: 'i' | 'r' };
    readonly chunk_size?: number;
    readonly rows: readonly { readonly tree: readonly string[] }[] | null;
  }[];
}

/** What must be said of each golden whose rows lose something, by method. */
const loses: Readonly<Record<string, readonly string[] | { i: readonly string[]; r: readonly string[] }>> = {
  '04a_cycle_self': ['self-parent', 'no-root'],
  '04b_cycle_pure': ['no-root'],
  '04c_cycle_reachable': { i: ['several-parents'], r: ['several-parents', 'cycle-cut'] },
  '05a_pid_reuse_two_parents': ['several-parents'],
  '05b_pid_reuse_same_edge': ['repeated-edge'],
  '13_same_label_root_and_image_only': { i: ['self-parent'], r: ['self-parent', 'cycle-cut'] },
  '14_two_hosts_merged': ['repeated-edge', 'hosts-merged'],
  '16_pid_reuse_makes_cycle': ['no-root'],
};

const goldenFolder = sharedPath('golden', 'pstree');

describe.skipIf(!goldenFolder)('the rows of the original (needs the shared goldens)', () => {
  const folder = goldenFolder ?? '';
  for (const file of goldenFolder ? readdirSync(folder) : []) {
    const name = file.replace(/\.json$/, '');
    const golden = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Golden;
    golden.runs.forEach(({ args, rows, chunk_size }, index) => {
      // The original cuts its input where a chunk of the protocol ends; ours sees it whole.
      if (chunk_size !== undefined) return;
      const method = args.method ?? 'i';
      test(`${name}, run ${index}, method ${method}`, () => {
        const input = golden.input.map((row) => ({
          parent: row[args.parent] ?? null,
          child: row[args.child] ?? null,
          host: row.host ?? null,
          ...(args.detail === undefined ? {} : { detail: row[args.detail] ?? null }),
        }));
        const { spaces } = args;
        const options = { method, ...(spaces === undefined ? {} : { spaces }) };
        if (rows) expect(trees(input, options)).toEqual(rows.map((row) => row.tree));
        else expect(trees(input, options).length).toBeGreaterThan(0);
        const told = loses[name] ?? [];
        expect(kinds(input, options)).toEqual('i' in told ? told[method] : told);
      });
    });
  }
});

describe('a line', () => {
  const chain = edges('a|b|1', 'b|c|2', 'c|d|', 'a|e|4');

  test('method i: the root is bare, the rest is padded to the column', () => {
    expect(trees(chain, { spaces: 12 })).toEqual([
      ['a', '|--- b      1', '`` |--- c   2', '`` `` |--- d ', '|--- e      4'],
    ]);
  });

  test('method r: the root is padded too', () => {
    expect(trees(chain, { spaces: 12, method: 'r' })[0]?.[0]).toBe('a           ');
  });

  test('one blank where the text reaches the column, also when it ends just there', () => {
    expect(trees(edges('a|bcde|D'), { spaces: 9 })).toEqual([['a', '|--- bcde D']]);
    expect(trees(edges('a|bcd|D'), { spaces: 9 })).toEqual([['a', '|--- bcd D']]);
  });

  test('spaces: 0 is 120, negative is one blank', () => {
    expect(trees(edges('a|b|D'), { spaces: 0 })).toEqual([['a', `${'|--- b'.padEnd(120)}D`]]);
    expect(trees(edges('a|b|D'), { spaces: -5, method: 'r' })).toEqual([['a ', '|--- b D']]);
  });

  test('widths count code points', () => {
    expect(trees(edges('a|🦊系|D'), { spaces: 10 })).toEqual([['a', '|--- 🦊系   D']]);
  });

  test('numbers keep the order of arrival, and blanks are written without a detail', () => {
    const rows = [
      { parent: '900', child: '77' },
      { parent: '900', child: '5' },
    ];
    expect(trees(rows, { spaces: 9 })).toEqual([['900', '|--- 77  ', '|--- 5   ']]);
  });
});

describe('what the original loses in silence', () => {
  test('a label that is its own parent', () => {
    expect(warnings(edges('a|a', 'a|b'))).toEqual([
      { kind: 'self-parent', labels: ['a'] },
      { kind: 'no-root', components: [{ labels: ['a', 'b'], cycle: ['a'] }] },
    ]);
  });

  test('a loop without a root, and what hangs on it; a second loop is its own component', () => {
    const rows = edges('a|b', 'b|a', 'b|c', 'x|c', 'p|q', 'q|r', 'r|p');
    expect(trees(rows)).toEqual([['x', '|--- c'.padEnd(120)]]);
    const found = warnings(rows).find((warning) => warning.kind === 'no-root');
    expect(found?.components.map(({ labels, cycle }) => [labels, cycle.length])).toEqual([
      [['a', 'b'], 2],
      [['p', 'q', 'r'], 3],
    ]);
    const [, loop] = found?.components ?? [];
    expect('pqrp').toContain(loop?.cycle.slice(0, 2).join(''));
  });

  test('the same edge twice, told whether the details differ', () => {
    expect(warnings(edges('a|b|1', 'a|b|2', 'a|c|3', 'a|c|3'))).toEqual([
      {
        kind: 'repeated-edge',
        edges: [
          { parent: 'a', child: 'b', rows: 2, detailsDiffer: true },
          { parent: 'a', child: 'c', rows: 2, detailsDiffer: false },
        ],
      },
    ]);
  });

  test('several parents; being one’s own parent is not another parent', () => {
    expect(warnings(edges('a|c', 'b|c', 'c|c'))).toEqual([
      { kind: 'self-parent', labels: ['c'] },
      { kind: 'several-parents', labels: [{ label: 'c', parents: ['a', 'b'] }] },
    ]);
    expect(kinds(edges('c|c', 'a|c'))).toEqual(['self-parent']);
  });

  test('hosts merged, and kept apart by a by-value', () => {
    const rows = ['A', 'B'].map((host) => ({ parent: 's', child: `x${host}`, host }));
    expect(warnings(rows)).toEqual([{ kind: 'hosts-merged', labels: [{ label: 's', hosts: ['A', 'B'] }] }]);
    const apart = pstree(
      rows.map((row) => ({ ...row, by: [row.host] })),
      { spaces: -1 },
    );
    expect(apart.rows).toEqual([
      { by: ['A'], tree: ['s', '|--- xA '] },
      { by: ['B'], tree: ['s', '|--- xB '] },
    ]);
    expect(apart.warnings).toEqual([]);
  });

  test('by-values that would look alike when joined stay apart', () => {
    const rows = [
      ['a', 'b,c'],
      ['a,b', 'c'],
      [null, 'c'],
      ['null', 'c'],
    ].map((by) => ({
      parent: 'p',
      child: 'c',
      by,
    }));
    expect(pstree(rows).rows.map((row) => row.by)).toEqual(rows.map((row) => row.by));
  });

  test('an empty or absent parent or child hangs on the empty label', () => {
    const rows: PstreeEdge[] = [
      { parent: null, child: 'a' },
      { parent: '', child: 'b' },
      { parent: 'a', child: 'c' },
      { parent: 'c', child: null },
    ];
    expect(warnings(rows)).toEqual([
      { kind: 'empty-label', field: 'parent', rows: 2, examples: ['a', 'b'] },
      { kind: 'empty-label', field: 'child', rows: 1, examples: ['c'] },
      { kind: 'no-root', components: [{ labels: ['', 'a', 'b', 'c'], cycle: expect.any(Array) }] },
    ]);
    expect(trees(rows.slice(0, 3), { spaces: -1 })).toEqual([['', '|--- a ', '`` |--- c ', '|--- b ']]);
  });

  test('a field that no row has', () => {
    const rows = [{ parent: null, child: 'a', detail: null }];
    expect(pstree(rows).rows).toEqual([]);
    expect(warnings(rows)).toEqual([
      { kind: 'field-missing', field: 'parent', rows: 1 },
      { kind: 'field-missing', field: 'detail', rows: 1 },
    ]);
    expect(kinds([])).toEqual([]);
  });

  test('a multivalue field', () => {
    const rows = [{ parent: 'a', child: ['b', 'x'], detail: ['1', '2'] }];
    expect(trees(rows, { spaces: -1 })).toEqual([['a', '|--- b 1 2']]);
    expect(warnings(rows)).toEqual([
      { kind: 'multivalue', field: 'child', rows: 1, examples: ['x'] },
      { kind: 'multivalue', field: 'detail', rows: 1, examples: ['1', '2'] },
    ]);
  });

  test('method r ends a branch where a label comes again on its own path', () => {
    const rows = edges('r|a', 'a|b', 'b|a', 'b|c');
    expect(trees(rows, { method: 'r', spaces: -1 })).toEqual([
      ['r ', '|--- a ', '`` |--- b ', '`` `` |--- c '],
    ]);
    expect(warnings(rows, { method: 'r' }).at(-1)).toEqual({
      kind: 'cycle-cut',
      edges: [{ parent: 'b', child: 'a', rows: 1 }],
    });
  });
});

describe('limits are told', () => {
  const diamonds = Array.from({ length: 60 }, (_, at) =>
    edges(`n${at}|l${at}`, `n${at}|r${at}`, `l${at}|n${at + 1}`, `r${at}|n${at + 1}`),
  ).flat();

  test('method r on diamonds would never end', () => {
    const limit = warnings(diamonds, { method: 'r', maxSteps: 1000 }).at(-1);
    expect(limit).toMatchObject({ kind: 'output-limit', limit: 'steps', root: 'n0' });
    expect(kinds(diamonds, { method: 'i' })).not.toContain('output-limit');
  });

  test('characters of a deep chain', () => {
    const chain = Array.from({ length: 5000 }, (_, at) => ({ parent: `${at}`, child: `${at + 1}` }));
    const result = pstree(chain, { maxCharacters: 100_000 });
    expect(result.rows[0]?.tree.join('').length).toBeLessThanOrEqual(100_000);
    expect(result.warnings.at(-1)?.warning).toMatchObject({ kind: 'output-limit', limit: 'characters' });
    const whole = pstree(chain, { spaces: -1 });
    expect(whole.rows[0]?.tree).toHaveLength(5001);
    expect(whole.warnings).toEqual([]);
  });

  test('an absurd column asks for no memory', () => {
    expect(kinds(edges('a|b'), { spaces: 2 ** 40 })).toEqual(['output-limit']);
  });

  test('distinct edges', () => {
    expect(warnings(edges('a|b', 'a|c', 'a|b'), { maxEdges: 1 })).toEqual([
      { kind: 'edge-limit', limit: 1, rows: 1 },
      { kind: 'repeated-edge', edges: [{ parent: 'a', child: 'b', rows: 2, detailsDiffer: false }] },
    ]);
  });
});

test('a parent with 100,000 children', () => {
  const rows = Array.from({ length: 100_000 }, (_, at) => ({ parent: 'p', child: `c${at}` }));
  expect(trees(rows)[0]).toHaveLength(100_001);
});

test('lines are made as they are read', () => {
  const builder = new PstreeBuilder({ spaces: -1 });
  for (const row of edges('a|b', 'b|c', 'x|y')) builder.add(row);
  const [forest] = builder.forests();
  const seen: string[] = [];
  for (const { root, lines } of forest?.trees ?? []) for (const line of lines) seen.push(`${root}: ${line}`);
  expect(seen).toEqual(['a: a', 'a: |--- b ', 'a: `` |--- c ', 'x: x', 'x: |--- y ']);
});

/** The definition, written down naively and recursively. */
function oracle(rows: readonly PstreeRow[], spaces: number, method: 'i' | 'r'): string[][] {
  const details = new Map<string, Map<string, string>>();
  for (const { parent, child, detail } of rows) {
    const children = details.get(String(parent)) ?? new Map<string, string>();
    details.set(String(parent), children.set(String(child), String(detail ?? '')));
  }
  const isChild = new Set(rows.map((row) => String(row.child)));
  const line = (depth: number, label: string, detail: string) => {
    const text = depth === 0 ? label : `${'`` '.repeat(depth - 1)}|--- ${label}`;
    const width = [...text].length;
    return `${text}${width < spaces ? ' '.repeat(spaces - width) : ' '}${detail}`;
  };
  return [...details.keys()]
    .filter((label) => !isChild.has(label))
    .map((root) => {
      const lines = [method === 'i' ? root : line(0, root, '')];
      const shown = new Set([root]);
      const walk = (label: string, path: readonly string[]): void => {
        for (const [child, detail] of details.get(label) ?? []) {
          if (method === 'i' ? shown.has(child) : path.includes(child)) continue;
          shown.add(child);
          lines.push(line(path.length, child, detail));
          walk(child, [...path, child]);
        }
      };
      walk(root, [root]);
      return lines;
    });
}

describe('properties', () => {
  const label = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', '🦊');
  const row = fc.record({ parent: label, child: label, detail: fc.constantFrom('', '1', '2') });
  const spaces = fc.constantFrom(-1, 7, 12, 30);

  test('equals the naive definition on small graphs', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 9 }),
        spaces,
        fc.constantFrom('i', 'r'),
        (rows, column, method) => {
          expect(trees(rows, { spaces: column, method })).toEqual(oracle(rows, column, method));
        },
      ),
      { numRuns: 2000 },
    );
  });

  const wild = fc.string({ unit: 'grapheme', maxLength: 3 });
  const value = fc.oneof(wild, fc.constant(null), fc.array(wild, { maxLength: 3 }));
  const wildRow = fc.record({ parent: value, child: value, detail: value, host: fc.option(wild) });

  test('ends on anything within its limits, and every warning can be said', () => {
    fc.assert(
      fc.property(fc.array(wildRow, { maxLength: 60 }), fc.constantFrom('i', 'r'), (rows, method) => {
        const result = pstree(rows, { method, maxSteps: 10_000 });
        for (const { warning } of result.warnings)
          expect(describePstreeLoss(pstreeLoss(warning)).length).toBeGreaterThan(0);
      }),
    );
  });

  test('every child is in a tree or named by a warning', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.constantFrom('i', 'r'), (rows, method) => {
        const result = pstree(rows, { method, spaces: -1, maxSteps: 20_000 });
        if (result.warnings.some(({ warning }) => warning.kind === 'output-limit')) return;
        const named = new Set(
          result.rows.flatMap(({ tree }) =>
            tree.map((line) => /\S+(?= )/.exec(line.replace(/^(`` )*\|--- /, ''))?.[0]),
          ),
        );
        for (const { warning } of result.warnings)
          if (warning.kind === 'no-root')
            for (const part of warning.components) for (const each of part.labels) named.add(each);
        for (const { child } of rows) expect(named).toContain(child);
      }),
    );
  });
});
