import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openEmptyStore } from '../../test/empty-store.ts';
import { end, guid, start } from '../../test/observed.ts';
import { type HostSimulationOptions, simulateHost } from '../../test/simulated-host.ts';
import { storedObservation } from '../../test/stored-observation.ts';
import { TICKS_PER_SECOND } from '../core/ticks.ts';
import { Random } from '../demo/random.ts';
import type { Store } from '../store/store.ts';
import { type HostLineageOptions, hostLineage } from './host-lineage.ts';
import type { ObservationRow } from './observation.ts';
import type { Lineage } from './process.ts';
import { familyLineage } from './read-family.ts';
import { leftOut, matchProcesses, type ProcessQuery, selectFamily } from './select-family.ts';

let store: Store;
openEmptyStore((opened) => {
  store = opened;
});

/** Everything that is shown of a family, without the numbers that depend on what else was read. */
function told(lineage: Lineage, query: ProcessQuery): readonly unknown[] {
  const family = selectFamily(lineage, matchProcesses(lineage, query));
  const idOf = (index: number | undefined) => (index === undefined ? undefined : lineage.process(index).id);
  return Array.from({ length: lineage.size }, (_, index) => index)
    .filter(family.shows)
    .map((index) => {
      const { candidates, parent, ...edge } = lineage.edge(index);
      return {
        process: lineage.process(index),
        edge,
        parent: idOf(parent),
        candidates: candidates.map((each) => ({ ...each, process: idOf(each.process) })),
        shownChildren: lineage.children(index).filter(family.shows).map(idOf),
        leftOut: leftOut(family, index)?.children,
        matched: family.matched.has(index),
        context: family.isContext(index),
        root: family.roots.includes(index),
      };
    });
}

let hosts = 0;

/** Writes hosts as one batch, which takes as long as one; gives their names. */
async function stored(made: readonly (readonly ObservationRow[])[]): Promise<readonly string[]> {
  const names = made.map(() => `ws${hosts++}`);
  const events = made.flatMap((rows, at) =>
    rows.map((row) => {
      const host = names[at] ?? '';
      return storedObservation(host, { ...row, event: { ...row.event, id: `${host} ${row.event.id}` } });
    }),
  );
  await store.write(events);
  return names;
}

/** The processes of a host, each asked for by what names it. */
function queriesOf(lineage: Lineage, every: number): readonly ProcessQuery[] {
  const queries: ProcessQuery[] = [];
  for (let index = 0; index < lineage.size; index += every) {
    const { guid: name, pid, start: begin } = lineage.process(index);
    if (name !== undefined) queries.push({ kind: 'guid', guid: name });
    if (pid !== undefined) queries.push({ kind: 'pid', pid, at: index % 3 === 0 ? undefined : begin });
  }
  return queries;
}

/** Small hosts are read as large ones. */
const sample = { wholeUpTo: 0, starts: 40 };

/** Compares families with those of the whole host; how many were not read with the whole host. */
async function compared(host: string, asked: number, options: HostLineageOptions = {}): Promise<number> {
  const full = await hostLineage(store, host, { sample, ...options });
  const queries = queriesOf(full, Math.max(1, Math.ceil(full.size / asked)));
  let partial = 0;
  for (const query of queries) {
    const { lineage, whole } = await familyLineage(store, host, query, { sample, ...options });
    expect(
      told(lineage, query),
      JSON.stringify(query, (_, value) => String(value).slice(0, 99)),
    ).toEqual(told(full, query));
    if (!whole) partial++;
  }
  return partial;
}

const simulated = fc.record({
  seed: fc.string({ minLength: 1, maxLength: 6 }),
  starts: fc.integer({ min: 5, max: 150 }),
  pool: fc.constantFrom(8, 64, 512),
  lost: fc.constantFrom(0, 0.1, 0.4),
  doubled: fc.constantFrom(0, 0.2),
  clockError: fc.constantFrom(0, 2),
  jitter: fc.constantFrom(0, 1),
  late: fc.constantFrom(0, 0.5),
});

async function comparedAll(made: readonly (readonly ObservationRow[])[], asked: number): Promise<number> {
  let partial = 0;
  for (const host of await stored(made)) partial += await compared(host, asked);
  return partial;
}

/** A simulated host with what some processes did, under their own GUID, that of the one before with the process id, or none. */
function activeHost(options: HostSimulationOptions, withoutGuid: number): readonly ObservationRow[] {
  const { rows, processes } = simulateHost(options);
  const random = new Random(`${options.seed} acts`);
  const bearers = new Map<number, string>();
  const acts: ObservationRow[] = [];
  for (const { number, pid, guid: own, image, startSeconds, endSeconds = startSeconds + 600 } of processes) {
    for (let count = 0; count < 2 && random.chance(0.7); count++) {
      const seconds = startSeconds + random.fraction() * (endSeconds - startSeconds);
      const time = BigInt(Math.round((1_700_000_000 + seconds) * 1e7));
      const named = random.chance(0.05) ? bearers.get(pid) : own;
      acts.push({
        kind: 'activity',
        event: { id: `act-${number}-${count}`, product: 'sysmon', eventCode: '3', time, arrival: time },
        pid,
        guid: random.chance(withoutGuid) ? undefined : named,
        image: random.chance(0.02) ? 'C:\\other.exe' : image,
      });
    }
    bearers.set(pid, own);
  }
  return [...rows, ...acts];
}

/** As a shipper writes them that cuts times to seconds. */
function cutToSeconds(rows: readonly ObservationRow[]): readonly ObservationRow[] {
  return rows.map((row) => {
    const { event } = row;
    return { ...row, event: { ...event, time: event.time - (event.time % TICKS_PER_SECOND) } };
  });
}

describe('a family that is read by itself is as in the lineage of the whole host', () => {
  test('hosts whose sensor tells GUIDs', async () => {
    const made = fc.sample(simulated, 10).map((each) => simulateHost({ ...each, sensors: ['guid'] }).rows);
    expect(await comparedAll(made, 4)).toBeGreaterThan(15);
  });

  test('hosts whose processes act', async () => {
    const made = fc
      .sample(simulated, 6)
      .map((each, at) => activeHost({ ...each, sensors: ['guid'] }, at % 3 === 0 ? 0.2 : 0));
    expect(await comparedAll(made, 4)).toBeGreaterThan(3);
  });

  test('hosts whose times are cut to seconds', async () => {
    const made = fc
      .sample(simulated, 6)
      .map((each) => cutToSeconds(activeHost({ ...each, sensors: ['guid'] }, 0)));
    expect(await comparedAll(made, 4)).toBeGreaterThan(0);
  });

  test.each([[['security']], [['pid']], [['guid', 'security']]] as const)('hosts of %s', async (sensors) => {
    const made = fc.sample(simulated, 5).map((each) => simulateHost({ ...each, sensors }).rows);
    expect(await comparedAll(made, 2)).toBeGreaterThan(0);
  });

  test.each([[['security']], [['pid', 'security']], [['guid', 'security']]] as const)(
    'large hosts of %s, of which little is read',
    async (sensors) => {
      const options = {
        seed: 'large',
        starts: 2000,
        pool: 512,
        lost: 0.1,
        doubled: 0.1,
        clockError: 2,
        late: 0.1,
      };
      const [host = ''] = await stored([simulateHost({ ...options, sensors }).rows]);
      expect(await compared(host, 6)).toBeGreaterThan(2);
      const full = await hostLineage(store, host, { sample });
      const { pid = 0, start: at } = full.process(full.size >> 1);
      const { lineage } = await familyLineage(store, host, { kind: 'pid', pid, at }, { sample });
      expect(lineage.size).toBeLessThan(full.size / 2);
    },
  );

  test('a child whose parent is spoofed, which one sensor sees through', async () => {
    const { rows, processes } = simulateHost({
      seed: 'spoofed',
      starts: 1500,
      pool: 256,
      lost: 0,
      sensors: ['guid', 'security'],
    });
    const spoofed = rows.map((row, place) => {
      if (row.kind !== 'start' || row.guid === undefined || place % 7 !== 0) return row;
      const seconds = Number(row.event.time) / 1e7 - 1_700_000_000;
      const there = processes.filter(
        ({ startSeconds, endSeconds = Number.POSITIVE_INFINITY }) =>
          startSeconds < seconds - 5 && endSeconds > seconds + 5,
      );
      const other = there[place % there.length];
      if (other === undefined) return row;
      const { pid: parentPid, guid: parentGuid, image: parentImage, commandLine } = other;
      return { ...row, parentPid, parentGuid, parentImage, parentCommandLine: commandLine };
    });
    const [host = ''] = await stored([spoofed]);
    expect(await compared(host, 12)).toBeGreaterThan(8);
  });

  test('a host that was started anew, whose GUIDs and events tell so', async () => {
    const made = ['one', 'other'].map(
      (seed) => simulateHost({ seed, starts: 700, pool: 256, lost: 0.1, sensors: ['guid', 'security'] }).rows,
    );
    const [before = [], after = []] = made;
    const later = 40_000n * TICKS_PER_SECOND;
    // The boot is in the last two bytes, the second of the start in the second and third group.
    const inSecond = (name: string | undefined) => {
      if (name === undefined) return undefined;
      const second = (Number.parseInt(name.slice(14, 18) + name.slice(9, 13), 16) + 40_000).toString(16);
      return `${name.slice(0, 9)}${second.slice(4)}-${second.slice(0, 4)}${name.slice(18, -4)}0800`;
    };
    const second = after.map((row) => ({
      ...row,
      event: {
        ...row.event,
        id: `after ${row.event.id}`,
        time: row.event.time + later,
        arrival: row.event.arrival + later,
      },
      guid: inSecond(row.guid),
      parentGuid: inSecond(row.parentGuid),
    }));
    const [host = ''] = await stored([[...before, ...second]]);
    expect(await compared(host, 12)).toBeGreaterThan(8);
  });

  test.each([
    // Where GUIDs may collide, any of them; else each process id has its own.
    { product: 'sysmon-linux', own: 12, other: 1 },
    { product: 'sysmon', own: 1, other: 0 },
  ])('whatever $product tells', async ({ product, own: ownWeight, other: otherWeight }) => {
    const pids = fc.constantFrom(4, 8, 12, 16);
    const images = fc.constantFrom('C:\\a.exe', 'C:\\b.exe', '/bin/c', '');
    const names = fc.constantFrom(
      ...[guid(0, 1), guid(1, 2), guid(5, 3), guid(9, 4), guid(1, 2, 8), guid(30, 0, 0)],
      ...['nonsense', '', '00000000-0000-0000-0000-000000000000', guid(1, 2).toUpperCase()],
    );
    const ofPid = (pid: number) => guid(pid / 4 - 1, pid / 4);
    const said = fc.record(
      {
        image: images,
        commandLine: fc.constantFrom('x', 'y'),
        parentPid: pids,
        parentImage: images,
        parentCommandLine: fc.constantFrom('x', 'y'),
        logonId: fc.constantFrom('0x1', '0x2'),
      },
      { requiredKeys: [] },
    );
    const given = fc.oneof(
      { weight: ownWeight, arbitrary: fc.constant('own') },
      { weight: otherWeight, arbitrary: names },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
    const wild = fc.array(
      fc.tuple(
        fc.constantFrom('start', 'start', 'start', 'end', 'boot', 'shutdown', 'activity'),
        fc.integer({ min: 0, max: 60 }),
        pids,
        said,
        // Mostly a GUID of the process id, as in order; sometimes any.
        given,
        given,
      ),
      { minLength: 1, maxLength: 10 },
    );
    const made = fc.sample(wild, 50).map((all) =>
      all.map(([kind, seconds, pid, more, own, parent], number) => ({
        ...(kind === 'end' ? end : start)(seconds / 2, pid, more.image ?? '', {
          id: `e${number}`,
          product,
        }),
        ...more,
        kind,
        ...(own !== undefined && { guid: own === 'own' ? ofPid(pid) : own }),
        ...(parent !== undefined && { parentGuid: parent === 'own' ? ofPid(more.parentPid ?? 20) : parent }),
      })),
    );
    expect(await comparedAll(made, 2)).toBeGreaterThan(4);
  });
});

test('as of a moment, with what is known of losses', async () => {
  const { rows } = simulateHost({
    seed: 'late',
    starts: 200,
    pool: 64,
    lost: 0.2,
    late: 0.5,
    sensors: ['guid'],
  });
  const [host = ''] = await stored([rows]);
  const arrivals = rows.map(({ event }) => event.arrival).sort((one, other) => Number(one - other));
  const asOf = arrivals[Math.floor(arrivals.length / 2)] ?? 0n;
  const from = rows[20]?.event.time ?? 0n;
  const loss = {
    windows: [{ from, to: from + 300_000_000n, of: 'both', why: 'gap' } as const],
    startsSince: from,
    endsCollected: true,
  };
  const options = { asOf, loss };
  expect(await compared(host, 10, options)).toBeGreaterThan(0);
});

test('small hosts are read whole', async () => {
  const [host = ''] = await stored([[start(0, 4, 'C:\\a.exe', { guid: guid(0, 1) })]]);
  const { whole, lineage } = await familyLineage(store, host, { kind: 'guid', guid: guid(0, 1) });
  expect(whole).toBe(true);
  expect(lineage.size).toBe(1);
});
