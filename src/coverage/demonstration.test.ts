import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatTicks, parseIsoTicks, type Ticks } from '../core/ticks.ts';
import { writeDemo } from '../demo/write-demo.ts';
import { ingest } from '../ingest/ingest.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store } from '../store/store.ts';
import { answerQuestion } from './answer.ts';
import { answerText } from './answer-text.ts';
import type { ChannelLedger, Ledger } from './ledger.ts';
import { lossEvidence } from './loss-evidence.ts';
import { readLedger } from './read-ledger.ts';

interface Story {
  readonly name: string;
  readonly host: string;
  readonly lateDeliveries: readonly {
    readonly file: string;
    readonly arrival: string;
    readonly records: readonly unknown[];
  }[];
  readonly drops: readonly {
    readonly from: string;
    readonly to: string;
    readonly counts: Readonly<Record<string, number>>;
  }[];
  readonly gaps: readonly {
    readonly from: string;
    readonly to: string;
    readonly firstMissing: number;
    readonly lastMissing: number;
  }[];
  readonly connections: readonly { readonly c2: boolean; readonly time: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'keizu-coverage-'));
let store: Store;
let ledger: Ledger;
let infection: Story;
let sysmon: ChannelLedger;

const host = 'ws-sal-02.kitano.example';
const ticks = (text: string): Ticks => parseIsoTicks(text) ?? 0n;

beforeAll(async () => {
  await writeDemo(join(folder, 'case'), { seed: 1, hosts: 2, days: 1 });
  store = await openEmbeddedStore(join(folder, 'store'));
  // The late file arrives when it was delivered, all else when it happened.
  const late = join(folder, 'case/WS-SAL-02/sysmon-late.log');
  await ingest([late], store, { arrival: { kind: 'file-time' } });
  await ingest([join(folder, 'case')], store, { arrival: { kind: 'field', name: '_time' } });
  const truth = JSON.parse(readFileSync(join(folder, 'case/truth.json'), 'utf8')) as {
    readonly keizu: { readonly stories: readonly Story[] };
  };
  const story = truth.keizu.stories.find(({ name }) => name === 'infection');
  if (story === undefined) throw new Error('no infection');
  infection = story;
  ledger = await readLedger(store);
  const channel = ledger.hosts
    .find((each) => each.host === host)
    ?.channels.find((each) => each.channel.includes('Sysmon'));
  if (channel === undefined) throw new Error('no Sysmon');
  sysmon = channel;
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the gap of the record ids is the one of the truth, and it is the only one of the case', () => {
  const [gap] = infection.gaps;
  const found = ledger.hosts.flatMap(({ channels }) => channels.flatMap(({ recordIds }) => recordIds.gaps));
  expect(found).toMatchObject([
    { firstMissing: String(gap?.firstMissing), lastMissing: String(gap?.lastMissing) },
  ]);
  expect(found[0]?.from).toBeLessThanOrEqual(ticks(gap?.from ?? ''));
  expect(found[0]?.to).toBeGreaterThanOrEqual(ticks(gap?.to ?? ''));
});

test('the drops are those of the truth, and lie in the time that is told', () => {
  const [truth] = infection.drops;
  const [drop] = sysmon.drops;
  expect(Object.fromEntries(drop?.counts.map(({ type, count }) => [type, count]) ?? [])).toEqual(
    truth?.counts,
  );
  expect(drop?.from).toBeLessThanOrEqual(ticks(truth?.from ?? ''));
  expect(drop?.to).toBeGreaterThanOrEqual(ticks(truth?.to ?? ''));
});

test('the late delivery is that of the truth', () => {
  const [truth] = infection.lateDeliveries;
  expect(sysmon.lateness).toMatchObject({
    kind: 'measured',
    late: [{ events: truth?.records.length, firstArrival: ticks(truth?.arrival ?? '') }],
  });
});

test('the calls home that Sysmon has not may have been dropped', () => {
  const [first] = infection.connections.filter(({ c2 }) => c2);
  const from = ticks(first?.time ?? '');
  const answer = answerQuestion(ledger, { host, eventClass: 'network', from, to: from, found: 0 });
  expect(answer.kind).toBe('not-certain');
  const count = infection.drops[0]?.counts.NetworkConnect;
  expect(answerText(answer, (time) => formatTicks(time, 0))).toMatch(
    new RegExp(
      `^not certain: the sensor dropped ${count} events of this type between .* and 2024-05-14T10:30:00Z$`,
    ),
  );
});

test('no process start was lost, for Windows Security has those of the gap', () => {
  const found = ledger.hosts.find((each) => each.host === host);
  if (found === undefined) throw new Error('no host');
  expect(lossEvidence(found).windows.filter(({ why }) => why === 'gap')).toEqual([]);
});
