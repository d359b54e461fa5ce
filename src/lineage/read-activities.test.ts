import { expect, test } from 'vitest';
import { openEmptyStore } from '../../test/empty-store.ts';
import { at, end, guid, observed, start } from '../../test/observed.ts';
import { storedObservation } from '../../test/stored-observation.ts';
import type { Store } from '../store/store.ts';
import { hostLineage } from './host-lineage.ts';
import type { ObservationRow } from './observation.ts';
import { readActivities } from './read-activities.ts';
import { matchProcesses } from './select-family.ts';

let store: Store;
openEmptyStore((opened) => {
  store = opened;
});

const WORD = 'C:\\Office\\WINWORD.EXE';
const CMD = 'C:\\Windows\\System32\\cmd.exe';
const ON_VOLUME = '\\device\\harddiskvolume3\\windows\\system32\\cmd.exe';

const activity = (
  seconds: number,
  pid: number,
  said: Partial<ObservationRow> & { readonly arrival?: number },
) => observed('activity', seconds, pid, said);

let hosts = 0;

/** Writes the events of a host; gives its name. */
async function stored(rows: readonly ObservationRow[]): Promise<string> {
  const host = `ws${hosts++}`;
  await store.write(
    rows.map((row) =>
      storedObservation(host, { ...row, event: { ...row.event, id: `${host} ${row.event.id}` } }),
    ),
  );
  return host;
}

async function read(rows: readonly ObservationRow[], asOf?: bigint): Promise<readonly string[]> {
  const host = await stored(rows);
  const found: string[] = [];
  for await (const { pid, guid: name, image, event, until = 0n, user } of readActivities(
    store,
    { host, asOf },
    {},
  ))
    found.push(
      [
        pid,
        name === undefined ? 'no GUID' : 'GUID',
        image ?? '-',
        seconds(event.time),
        seconds(until),
        user ?? '-',
      ].join(' '),
    );
  return found.sort();
}

function seconds(time: bigint): number {
  return Number(time - at(0)) / 1e7;
}

test('activities with a GUID are read where no start has it, one for each process', async () => {
  const seen = guid(-50, 3);
  const started = guid(1, 4);
  expect(
    await read([
      start(1, 100, WORD, { guid: started }),
      activity(2, 100, { guid: started, image: WORD }),
      activity(20, 200, { guid: seen, image: WORD, user: 'KITANO\\haruka' }),
      activity(10, 200, { guid: seen, image: WORD }),
      activity(30, 200, { guid: seen, image: WORD }),
    ]),
  ).toEqual([`200 GUID ${WORD} 10 30 KITANO\\haruka`]);
});

test('one GUID with another process id is another process', async () => {
  const name = guid(1, 4);
  expect(
    await read([start(1, 100, WORD, { guid: name }), activity(2, 104, { guid: name, image: CMD })]),
  ).toEqual([`104 GUID ${CMD} 2 2 -`]);
});

test('activities without a GUID are read where the last known of the process id is not the start of the program', async () => {
  expect(
    await read([
      activity(0, 100, { image: CMD }),
      start(1, 100, CMD),
      activity(2, 100, { image: ON_VOLUME }),
      activity(3, 100, { image: WORD }),
      end(4, 100, CMD),
      activity(5, 100, { image: CMD }),
      activity(6, 100, { image: CMD }),
      start(7, 100, CMD),
      activity(7, 100, { image: CMD }),
      end(7, 100, CMD),
      activity(8, 0, { image: CMD }),
      activity(8, 104, { image: '-' }),
      activity(8, 108, {}),
    ]),
  ).toEqual([`100 no GUID ${WORD} 3 3 -`, `100 no GUID ${CMD} 0 0 -`, `100 no GUID ${CMD} 5 6 -`]);
});

test('what arrives later is not there yet', async () => {
  const name = guid(1, 4);
  const rows = [
    activity(5, 100, { guid: name, image: WORD, arrival: 6 }),
    activity(2, 100, { guid: name, image: WORD, arrival: 60 }),
    start(1, 100, WORD, { guid: name, arrival: 90 }),
  ];
  expect(await read(rows, at(5))).toEqual([]);
  expect(await read(rows, at(30))).toEqual([`100 GUID ${WORD} 5 5 -`]);
  expect(await read(rows, at(70))).toEqual([`100 GUID ${WORD} 2 5 -`]);
  expect(await read(rows, at(90))).toEqual([]);
});

test('a process that only its activities show is in the lineage of the host, and is the parent that a child names', async () => {
  const name = guid(-50, 3);
  const host = await stored([
    activity(10, 100, { guid: name, image: WORD }),
    activity(30, 104, { image: ON_VOLUME }),
    start(20, 108, CMD, { guid: guid(20, 5), parentPid: 100, parentGuid: name, parentImage: WORD }),
  ]);
  const lineage = await hostLineage(store, host);
  expect(lineage.size).toBe(3);
  const [word = -1] = matchProcesses(lineage, { kind: 'text', text: 'winword' });
  expect(lineage.process(word)).toMatchObject({ basis: 'seen', startFrom: 'guid', pid: 100, guid: name });
  const [child = -1] = lineage.children(word);
  expect(lineage.process(child).pid).toBe(108);
  expect(lineage.grade(child)).toBe('claimed');
  const [other = -1] = matchProcesses(lineage, { kind: 'pid', pid: 104, at: undefined });
  expect(lineage.process(other)).toMatchObject({ basis: 'seen', startFrom: 'seen-since', start: at(30) });
});

test('an account has its domain, whichever field says it', async () => {
  const host = await stored([]);
  const events = [start(1, 100, CMD, { product: 'security' }), end(2, 100, CMD, { product: 'security' })].map(
    (row) => {
      const { event, ...rest } = storedObservation(host, row);
      return {
        ...rest,
        event: { ...event, fields: { ...event.fields, user: 'haruka', user_domain: 'KITANO' } },
      };
    },
  );
  await store.write(events);
  expect((await hostLineage(store, host)).process(0)).toMatchObject({
    user: 'KITANO\\haruka',
    disagreements: [],
  });
});
