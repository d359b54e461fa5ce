import { expect, test } from 'vitest';
import { parseIsoTicks } from '../core/ticks.ts';
import type { Answer } from '../coverage/answer.ts';
import type { EvidenceClass } from '../evidence/evidence-class.ts';
import type { ClassCount, EvidenceEvent } from '../evidence/read-evidence.ts';
import type { Process } from '../lineage/process.ts';
import { eventRow } from './evidence-record.ts';
import { type EvidenceView, eventLine, evidenceHead } from './evidence-text.ts';

const start = parseIsoTicks('2024-03-05T10:00:00Z') ?? 0n;

const process: Process = {
  id: 'ws01|1',
  host: 'ws01',
  pid: 4100,
  guid: '11112222-f0c2-65e6-0a01-000000000300',
  start,
  startFrom: 'start-event',
  end: start + 600_000_000n,
  image: 'C:\\loader.exe',
  otherGuids: [],
  earlierImages: [],
  commandLine: 'loader.exe \u001b[31m-x',
  user: 'CORP\\wally',
  logonId: undefined,
  integrityLevel: undefined,
  basis: 'started',
  seenBy: [],
  disagreements: [],
};

const count = (events: number, ambiguous = 0): ClassCount => ({
  count: events,
  byGrade: { exact: events - ambiguous, ...(ambiguous > 0 && { ambiguous }) },
  bySource: { 'sysmon 11': events },
  first: start,
  last: start,
});

function answer(kind: Answer['kind'], reasons: Answer['reasons']): Answer {
  return {
    kind,
    reasons,
    question: { host: 'ws01', eventClass: 'network', from: start, to: null, found: 0 },
  };
}

const view: EvidenceView = {
  process,
  counts: new Map<EvidenceClass, ClassCount>([['file-created', count(3, 1)]]),
  classes: ['file-created', 'file-deleted', 'network', 'driver', 'other'],
  answers: new Map<EvidenceClass, Answer>([
    ['file-deleted', answer('not-collected', [{ kind: 'no-product' }])],
    ['network', answer('not-certain', [{ kind: 'no-host' }, { kind: 'no-product' }])],
  ]),
  asOf: undefined,
  timezone: 'UTC',
};

test('classes have counts or answers; a reason that several share stands below once', () => {
  const lines = [...evidenceHead(view)];
  expect(lines.slice(4)).toEqual([
    '  3  files created or overwritten  sysmon 11; 1 ambiguous',
    '  -  files deleted                 not collected [1]',
    '  -  network connections           not certain: there is no log of ws01 [1]',
    '  -  drivers loaded                the kernel loads drivers; the events name no process',
    '',
    '  [1] none of the logs of ws01 can have network connections',
    '',
    '= exact: the event names the process by what no other process has',
    '? ambiguous: it may be of another process; the reasons are behind it',
    '',
  ]);
});

const event: EvidenceEvent = {
  id: 'ab',
  process: 0,
  side: 'actor',
  evidenceClass: 'file-created',
  time: start,
  arrival: start,
  product: 'sysmon',
  eventCode: '11',
  grade: 'ambiguous',
  reasons: ['guid-named', 'image-differs'],
  summary: 'wrote C:\\\u001b]0;x\u0007\u202etxt.exe',
  fields: {},
};

test('what an attacker wrote is shown and does nothing', () => {
  const text = [...evidenceHead(view), eventLine(event, 'UTC')].join('\n');
  expect(text).not.toMatch(/[\u001b\u0007\u202e]/);
  expect(text).toContain('loader.exe \\x1b[31m-x');
  expect(text).toContain('wrote C:\\\\x1b]0;x\\x07\\u202etxt.exe');
});

test('a doubtful event has its doubts behind it, in CSV in a cell', () => {
  expect(eventLine(event, 'UTC')).toMatch(
    /^2024-03-05 10:00:00\.000 \? wrote .* \(the event names its GUID; the event names another program\)$/,
  );
  expect(eventRow(event)[7]).toEqual(['the event names its GUID', 'the event names another program']);
});
