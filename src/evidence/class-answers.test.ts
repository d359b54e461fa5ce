import { expect, test } from 'vitest';
import type { Ledger } from '../coverage/ledger.ts';
import type { Process } from '../lineage/process.ts';
import { classAnswers } from './class-answers.ts';
import { evidenceClassNames } from './evidence-class.ts';
import type { ClassCount } from './read-evidence.ts';

const process: Process = {
  id: 'ws01|1',
  host: 'ws01',
  pid: 1,
  guid: undefined,
  start: 100n,
  startFrom: 'start-event',
  end: undefined,
  image: undefined,
  otherGuids: [],
  earlierImages: [],
  commandLine: undefined,
  user: undefined,
  logonId: undefined,
  integrityLevel: undefined,
  basis: 'started',
  seenBy: [],
  disagreements: [],
};
const nothing: Ledger = { range: { from: null, to: null }, hosts: [], faults: [] };
const one: ClassCount = { count: 1, byGrade: { exact: 1 }, bySource: { sysmon: 1 }, first: 1n, last: 1n };

test('asks for each class that an event class stands for, over the lifetime', () => {
  const answers = classAnswers(nothing, process, new Map(), evidenceClassNames, 900n);
  expect(answers.get('network')).toMatchObject({
    kind: 'not-collected',
    question: { host: 'ws01', eventClass: 'network', from: 100n, to: 900n, found: 0 },
  });
  expect(answers.get('access-received')?.question.eventClass).toBe('process-access');
  for (const each of ['other', 'driver', 'privilege', 'file-executable'] as const)
    expect(answers.has(each)).toBe(false);
});

test('says yes where there are events, and asks no more of a start that was recorded', () => {
  const counts = new Map([['network', one] as const, ['start', one] as const]);
  const answers = classAnswers(nothing, process, counts, ['network', 'start', 'end']);
  expect([...answers].map(([name, { kind }]) => [name, kind])).toEqual([
    ['network', 'yes'],
    ['end', 'not-collected'],
  ]);
});
