import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatTicks, parseIsoTicks } from '../core/ticks.ts';
import { reasonTexts } from '../coverage/answer-text.ts';
import type { Ledger } from '../coverage/ledger.ts';
import { readLedger } from '../coverage/read-ledger.ts';
import type { TruthProcess } from '../demo/truth.ts';
import { writeDemo } from '../demo/write-demo.ts';
import { ingest } from '../ingest/ingest.ts';
import { hostLineage } from '../lineage/host-lineage.ts';
import type { Lineage, Process } from '../lineage/process.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store } from '../store/store.ts';
import { askLedger } from './ask-ledger.ts';
import { classAnswers } from './class-answers.ts';
import type { EvidenceClass } from './evidence-class.ts';
import { readFileHistory } from './file-history.ts';
import { fileReasonTexts } from './file-reason.ts';
import { countEvidence, type EvidenceEvent, readEvidence } from './read-evidence.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-demo-evidence-'));
const host = 'ws-sal-02.kitano.example';
let store: Store;
let ledger: Ledger;
let lineage: Lineage;
let truth: readonly TruthProcess[];
let names: Readonly<Record<string, string>>;

beforeAll(async () => {
  await writeDemo(join(folder, 'case'), { seed: 1, hosts: 2, days: 1 });
  store = await openEmbeddedStore(join(folder, 'store'));
  await ingest([join(folder, 'case')], store, {});
  ledger = await readLedger(store, { hosts: [host] });
  lineage = await hostLineage(store, host);
  const { keizu } = JSON.parse(readFileSync(join(folder, 'case/truth.json'), 'utf8')) as {
    readonly keizu: {
      readonly processes: readonly TruthProcess[];
      readonly stories: readonly {
        readonly name: string;
        readonly processes: Readonly<Record<string, string>>;
      }[];
    };
  };
  truth = keizu.processes.filter((process) => process.host.toLowerCase() === host);
  names = keizu.stories.find(({ name }) => name === 'infection')?.processes ?? {};
}, 120_000);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const plainGuid = (guid: string) => guid.replace(/[{}]/g, '').toLowerCase();

function truthOf(name: string): TruthProcess {
  const found = truth.find(({ id }) => id === names[name]);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** The process of the lineage that plays a part in the infection. */
function processOf(name: string): Process {
  const { guid, pid, start } = truthOf(name);
  const time = parseIsoTicks(start) ?? 0n;
  for (let index = 0; index < lineage.size; index++) {
    const process = lineage.process(index);
    const near =
      process.start !== undefined && process.start - time < 10_000n && time - process.start < 10_000n;
    if (process.guid === plainGuid(guid) || (process.pid === pid && near)) return process;
  }
  throw new Error(`${name} is not in the lineage`);
}

async function evidenceOf(name: string): Promise<readonly EvidenceEvent[]> {
  return (await readEvidence(store, [processOf(name)], { limit: 1_000 })).events;
}

const of = (events: readonly EvidenceEvent[], ...classes: readonly EvidenceClass[]) =>
  events
    .filter(({ evidenceClass }) => classes.includes(evidenceClass))
    .map(({ grade, summary }) => `${grade} ${summary}`);

describe('the infection', () => {
  test('the DLL and the configuration file hang on the loader', async () => {
    const events = await evidenceOf('rundll32');
    expect(of(events, 'file-created', 'file-deleted')).toEqual([
      'exact wrote C:\\Users\\harukam\\AppData\\Local\\Qwtvbn\\hsuwke.dll',
      'exact wrote C:\\Users\\harukam\\AppData\\Local\\Qwtvbn\\hsuwke.cfg',
      'exact deleted C:\\Users\\harukam\\Kd8fqw\\R43H.dll (the sensor kept a copy)',
    ]);
  });

  test('its copy started a thread in explorer, and looked around while records of Sysmon were lost', async () => {
    const events = await evidenceOf('regsvr32');
    expect(of(events, 'thread-made', 'access-made')).toEqual([
      expect.stringMatching(/^exact opened C:\\Windows\\explorer\.exe \(\d+\) with 0x1fffff$/),
      expect.stringMatching(/^exact started a thread in C:\\Windows\\explorer\.exe/),
    ]);
    expect(of(events, 'child')).toEqual([
      `probable started systeminfo.exe (${truthOf('systeminfo').pid}): systeminfo`,
      `probable started ipconfig.exe (${truthOf('ipconfig').pid}): ipconfig /all`,
    ]);
  });

  test('its calls home are not "none": the sensor dropped such events', async () => {
    const copy = processOf('regsvr32');
    const [counts = new Map()] = await countEvidence(store, [copy]);
    expect(counts.has('network')).toBe(false);
    const answer = classAnswers(ledger, copy, counts, ['network']).get('network');
    expect(answer?.kind).toBe('not-certain');
    const reasons = answer === undefined ? [] : reasonTexts(answer, (time) => formatTicks(time, 0));
    expect(reasons.join('\n')).toMatch(
      /the sensor dropped \d+ events of this type between .* and 2024-05-14T10:30:00Z/,
    );
  });

  test('Word and the browser had one process id; each has its own evidence', async () => {
    expect(processOf('word').pid).toBe(processOf('browser').pid);
    expect(of(await evidenceOf('browser'), 'file-stream', 'network')).toEqual([
      expect.stringMatching(/^exact connected to /),
      expect.stringMatching(/^exact wrote the stream .*HostUrl=https:\/\/invoices\.example\.org\/d\/$/),
    ]);
    expect(of(await evidenceOf('word'), 'child')).toEqual([
      expect.stringMatching(/^exact started powershell\.exe/),
      expect.stringMatching(/^probable started powershell\.exe/),
    ]);
  });

  test('the files tell where they came from', async () => {
    const ask = askLedger(store);
    const invoice = (await readFileHistory(store, 'Invoice 2024-0514.doc', { host, ask })).hosts[0];
    // A proxy's line is written at the end, and stands where the request began: before the file.
    expect(invoice?.entries.map(({ role }) => role)).toEqual([
      'requested',
      'created',
      'downloaded',
      'named',
      'named',
    ]);
    const copy = (await readFileHistory(store, 'hsuwke.dll', { host, ask })).hosts[0];
    expect(copy?.answers.created.kind).toBe('yes');
    expect(copy?.entries[0]?.actor.pid).toBe(String(truthOf('rundll32').pid));
    // Its load was among the events that the sensor dropped.
    expect(copy?.answers.run.kind).toBe('not-certain');
    expect(fileReasonTexts(copy?.answers.run.reasons ?? [], formatTicks).join('\n')).toMatch(
      /the sensor dropped \d+ events of this type/,
    );
  });
});

describe('all processes of the host, as the truth has them', () => {
  const asProcess = (each: TruthProcess, guid: string | undefined): Process => ({
    id: each.id,
    host,
    pid: each.pid,
    guid,
    start: parseIsoTicks(each.start),
    startFrom: 'start-event',
    end: each.end === null ? undefined : parseIsoTicks(each.end),
    image: each.image,
    otherGuids: [],
    earlierImages: [],
    commandLine: each.commandLine,
    user: each.user,
    logonId: undefined,
    integrityLevel: undefined,
    basis: 'started',
    seenBy: [],
    disagreements: [],
  });
  const guidFields = {
    actor: 'process_guid',
    target: 'target_process_guid',
    parent: 'parent_process_guid',
    user: '',
  };
  const ownGuid = ({ side, fields }: EvidenceEvent) => fields[guidFields[side]];

  test('by process id and lifetime alone, no event is given to the wrong process, and hardly one is missed', async () => {
    const bare = await readEvidence(
      store,
      truth.map((each) => asProcess(each, undefined)),
      { limit: 100_000 },
    );
    const named = await readEvidence(
      store,
      truth.map((each) => asProcess(each, plainGuid(each.guid))),
      { limit: 100_000 },
    );
    const withGuid = (events: readonly EvidenceEvent[]) =>
      events.filter((event) => ownGuid(event) !== undefined);
    const isWrong = (event: EvidenceEvent) => ownGuid(event) !== plainGuid(truth[event.process]?.guid ?? '');
    const found = withGuid(bare.events);
    expect(found.filter(({ grade }) => grade === 'exact')).toEqual([]);
    expect(found.filter((event) => event.grade === 'probable' && isWrong(event))).toEqual([]);
    expect(withGuid(named.events).filter(isWrong)).toEqual([]);
    const all = withGuid(named.events).length;
    expect(all).toBeGreaterThan(2_000);
    expect(found.length / all).toBeGreaterThan(0.99);
  });
});
