import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guid, lineageOf, observed } from '../../test/observed.ts';
import { type SimulatedSensor, simulateHost } from '../../test/simulated-host.ts';
import { buildLineage } from './build-lineage.ts';
import type { ObservationRow } from './observation.ts';
import { ObservationBuilder } from './observation-builder.ts';
import { outlineOf } from './outline-of.ts';
import type { Lineage } from './process.ts';
import { defaultTolerance } from './tolerance.ts';

/** Everything that a lineage says, as text. */
function told(lineage: Lineage): string {
  const said = Array.from({ length: lineage.size }, (_, index) => [
    lineage.process(index),
    lineage.edge(index),
  ]);
  return JSON.stringify(said, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
}

const sensors = fc.constantFrom<readonly SimulatedSensor[]>(
  ['guid'],
  ['pid'],
  ['security'],
  ['guid', 'security'],
  ['pid', 'security'],
);

const hosts = fc
  .record({
    seed: fc.string({ minLength: 1, maxLength: 6 }),
    starts: fc.integer({ min: 5, max: 120 }),
    pool: fc.constantFrom(8, 64, 512),
    lost: fc.constantFrom(0, 0.1, 0.4),
    doubled: fc.constantFrom(0, 0.2),
    clockError: fc.constantFrom(0, 2),
    jitter: fc.constantFrom(0, 1),
    late: fc.constantFrom(0, 0.5),
    sensors,
  })
  .map(simulateHost);

const pids = fc.constantFrom(4, 8, 12, 16);
const images = fc.constantFrom('C:\\a.exe', 'C:\\b.exe', 'C:\\B.EXE', '/bin/c', 'System', '');
const guids = fc.constantFrom(guid(0, 1), guid(1, 2), guid(1, 2, 8), guid(30, 0, 0), 'nonsense', '');

/** Anything that observations may be, made so that they meet. */
const wild = fc.array(
  fc.tuple(
    fc.constantFrom('start', 'start', 'start', 'end', 'activity', 'boot', 'shutdown', 'sensor-start'),
    fc.integer({ min: 0, max: 60 }).map((seconds) => seconds / 2),
    pids,
    fc.record(
      {
        product: fc.constantFrom('sysmon', 'windows-security', 'other'),
        guid: guids,
        image: images,
        commandLine: fc.constantFrom('x', 'y'),
        parentPid: pids,
        parentGuid: guids,
        parentImage: images,
        parentCommandLine: fc.constantFrom('x', 'y'),
        logonId: fc.constantFrom('0x1', '0x2'),
      },
      { requiredKeys: [] },
    ),
  ),
  { maxLength: 40 },
);
const wildRows = wild.map((all) =>
  all.map(([kind, seconds, pid, said], number) =>
    observed(kind, seconds, pid, { ...said, id: `e${number}` }),
  ),
);

function shuffled(rows: readonly ObservationRow[], seeds: readonly number[]): readonly ObservationRow[] {
  return rows
    .map((row, place) => ({ row, key: ((seeds[place % seeds.length] ?? 0) * 7919 * (place + 1)) % 104_729 }))
    .sort((one, other) => one.key - other.key)
    .map(({ row }) => row);
}
const seeds = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 7, maxLength: 7 });

describe('whatever is observed', () => {
  test('the order of arrival does not matter', () => {
    fc.assert(
      fc.property(hosts, seeds, ({ rows }, order) => {
        expect(told(lineageOf(shuffled(rows, order)))).toBe(told(lineageOf(rows)));
      }),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(wildRows, seeds, (rows, order) => {
        expect(told(lineageOf(shuffled(rows, order)))).toBe(told(lineageOf(rows)));
      }),
      { numRuns: 300 },
    );
  });

  test('it is a forest: every process is reached once from the roots, ids differ and are found', () => {
    fc.assert(
      fc.property(wildRows, (rows) => {
        const lineage = lineageOf(rows);
        const reached: number[] = [...lineage.roots];
        for (const process of reached) reached.push(...lineage.children(process));
        expect([...reached].sort((one, other) => one - other)).toEqual(
          Array.from({ length: lineage.size }, (_, index) => index),
        );
        const ids = reached.map((index) => lineage.process(index).id);
        expect(new Set(ids).size).toBe(lineage.size);
        for (const index of reached) {
          expect(lineage.find(lineage.process(index).id)).toBe(index);
          const { grade, parent } = lineage.edge(index);
          expect(grade).toBe(lineage.grade(index));
          expect(parent ?? -1).toBe(lineage.parent(index));
          expect(grade === 'none').toBe(parent === undefined);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('every event of a process is in the lineage once', () => {
    fc.assert(
      fc.property(wildRows, (rows) => {
        const lineage = lineageOf(rows);
        const acting = rows.filter(({ kind }) => ['start', 'end', 'activity'].includes(kind));
        const named: string[] = [];
        for (let index = 0; index < lineage.size; index++) {
          const { basis, seenBy } = lineage.process(index);
          const own = seenBy.filter(({ id }) => rows.some((row) => row.event.id === id));
          if (basis === 'started') named.push(...own.map(({ id }) => id));
        }
        expect(new Set(named).size).toBe(named.length);
        for (const { kind, event } of acting) if (kind === 'start') expect(named).toContain(event.id);
      }),
    );
  });

  test('no edge goes to a parent that started after its child or had ended before it', () => {
    const { acrossSensors } = defaultTolerance;
    fc.assert(
      fc.property(hosts, ({ rows }) => {
        const lineage = lineageOf(rows);
        for (let index = 0; index < lineage.size; index++) {
          const parent = lineage.edge(index).parent;
          const begin = lineage.process(index).start;
          if (parent === undefined || begin === undefined) continue;
          const { start, startFrom, end } = lineage.process(parent);
          // Two clocks that are 2 s wrong each are 4 s apart before they are set right.
          const slack = acrossSensors + 60_000_000n;
          if (start !== undefined && startFrom === 'start-event') expect(start <= begin + slack).toBe(true);
          if (end !== undefined) expect(end >= begin - slack).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('more ends make no edge wrong', () => {
  fc.assert(
    fc.property(hosts, fc.integer({ min: 1, max: 5 }), ({ rows, ofStart }, share) => {
      const some = rows.filter(({ kind }, place) => kind === 'start' || place % (share + 1) === 0);
      for (const each of [some, rows]) {
        const lineage = lineageOf(each);
        const numbers = (index: number) =>
          lineage.process(index).seenBy.flatMap(({ id }) => ofStart.get(id) ?? []);
        for (let index = 0; index < lineage.size; index++) {
          const grade = lineage.grade(index);
          const truth = numbers(index)[0]?.parent;
          if (lineage.process(index).basis !== 'started' || truth === undefined || grade !== 'exact')
            continue;
          expect(numbers(lineage.parent(index))).toContain(truth);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('as of a moment is a fresh build from what had arrived by then', () => {
  fc.assert(
    fc.property(hosts, fc.double({ min: 0, max: 1, noNaN: true }), seeds, ({ rows }, share, order) => {
      const arrivals = rows.map(({ event }) => event.arrival).sort((one, other) => Number(one - other));
      const moment = arrivals[Math.floor(share * (arrivals.length - 1))] ?? 0n;
      const builder = new ObservationBuilder('ws01.example');
      let asOf: Lineage | undefined;
      for (const row of rows) {
        if (asOf === undefined && row.event.arrival > moment) asOf = buildLineage(builder.finish());
        builder.add(row);
      }
      const arrived = rows.filter(({ event }) => event.arrival <= moment);
      expect(told(asOf ?? buildLineage(builder.finish()))).toBe(told(lineageOf(shuffled(arrived, order))));
    }),
    { numRuns: 60 },
  );
});

test('the outline of a process says what the process and its edge say', () => {
  fc.assert(
    fc.property(hosts, ({ rows }) => {
      const lineage = lineageOf(rows);
      for (let index = 0; index < lineage.size; index++)
        expect(outlineOf(lineage.process(index), lineage.edge(index))).toMatchObject(lineage.outline(index));
    }),
    { numRuns: 40 },
  );
});
