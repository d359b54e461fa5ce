import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrival } from '../../../test/mapped-event.ts';
import { jsonRecord, rowRecord } from '../../../test/windows-records.ts';
import { eventMemberNames } from '../../events/fields.ts';
import type { SourceRecord } from '../../formats/record.ts';
import { isUsableGuid } from '../../lineage/start-key.ts';
import { eventOf } from '../registry.ts';

/** Members by which the products know their records, and those that they read most of. */
const names = [
  'category',
  'properties',
  'ActionType',
  'DeviceId',
  'DeviceName',
  'Timestamp',
  'ProcessId',
  'ProcessCreationTime',
  'InitiatingProcessId',
  'InitiatingProcessCreationTime',
  'InitiatingProcessFolderPath',
  'AdditionalFields',
  'RemoteUrl',
  'event_simpleName',
  'aid',
  'event',
  'TargetProcessId',
  'ProcessStartTime',
  'IP4Records',
  'event.type',
  'agent.uuid',
  'src.process.uid',
  'tgt.process.startTime',
  'type',
  'process_guid',
  'childproc_guid',
  'childproc_hash',
  'timestamp',
  'name',
  'hostIdentifier',
  'columns',
  'pid',
  'parent',
  'MESSAGE',
  'SYSLOG_IDENTIFIER',
  '__proto__',
  'constructor',
  'host',
] as const;
const texts = fc.constantFrom(
  'AdvancedHunting-DeviceProcessEvents',
  'ProcessCreated',
  'ConnectionSuccess',
  'ProcessRollup2',
  'EndOfProcess',
  'NetworkConnectIP4',
  'Process Creation',
  'ingress.event.procstart',
  'endpoint.event.procstart',
  'ingress.event.constructor',
  'pack/process_events',
  'sysmon',
  '<Event><System><Provider Name="Linux-Sysmon"/></System></Event>',
  '7DESJ9GN-00440d6d-000001cd-00000000-ffffffffffffffff',
  '18446744073709551616',
  '9'.repeat(400),
  '-0',
  '1601-01-01T00:00:00Z',
  '2024-05-14T10:26:58.5331234Z',
  '{"a":'.repeat(500),
  '\u0000\ud800',
);
const values = fc.oneof(texts, fc.jsonValue({ maxDepth: 3 }), fc.string());
const objects = fc.dictionary(
  fc.constantFrom(...names),
  fc.oneof(values, fc.dictionary(fc.constantFrom(...names), values)),
  {
    maxKeys: 20,
  },
);

function check(record: SourceRecord): void {
  const made = eventOf(record, { arrival, origin: 'hostile' });
  if ('kind' in made) return;
  expect(made.host).not.toBe('');
  expect(made.raw).toBe(record.raw);
  for (const [name, value] of Object.entries(made.fields)) {
    expect(Object.hasOwn(eventMemberNames, name)).toBe(false);
    for (const text of [value].flat()) expect(typeof text).toBe('string');
  }
  for (const name of ['process_guid', 'parent_process_guid', 'target_process_guid'])
    if (made.product !== 'generic' && typeof made.fields[name] === 'string')
      expect(isUsableGuid(made.fields[name])).toBe(true);
}

test('any object and any row is an event or a fault, whole', () => {
  fc.assert(
    fc.property(objects, (members) => {
      check(jsonRecord(members as Parameters<typeof jsonRecord>[0]));
      check(
        rowRecord(
          Object.fromEntries(
            Object.entries(members).map(([name, value]) => [
              name,
              typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
            ]),
          ),
        ),
      );
    }),
    { numRuns: 2_000 },
  );
});

test('any line of an audit log is an event or a fault, whole', () => {
  const field = fc.oneof(
    fc.constantFrom(
      'syscall=59',
      'syscall=constructor',
      'SYSCALL=toString',
      'success=yes',
      'exit=-1',
      'a0=',
      'argc=999999999',
      'a0[0]=61',
      'arch=__proto__',
      'saddr=0A',
      'msg=\'acct="x"\'',
      'exe="',
      '\u001d',
    ),
    fc.string(),
  );
  const line = fc
    .tuple(
      fc.constantFrom('SYSCALL', 'EXECVE', 'PATH', 'SOCKADDR', 'PROCTITLE', 'USER_LOGIN'),
      fc.array(field),
    )
    .map(([type, fields]) => `type=${type} msg=audit(1709633730.500:77): ${fields.join(' ')}`);
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
      check({ kind: 'text', raw: lines.join('\n'), offset: 0 });
    }),
    { numRuns: 2_000 },
  );
});

test('long lines are read in time that grows with their length', () => {
  const long = 'a='.repeat(500_000);
  const began = performance.now();
  check({ kind: 'text', raw: `type=EXECVE msg=audit(1709633730.500:77): ${long}`, offset: 0 });
  check({
    kind: 'text',
    raw: `type=EXECVE msg=audit(1709633730.500:77): ${'"'.repeat(1_000_000)}`,
    offset: 0,
  });
  check({
    kind: 'text',
    raw: `type=SYSCALL msg=audit(1709633730.500:77): ${"x='{ ".repeat(200_000)}`,
    offset: 0,
  });
  expect(performance.now() - began).toBeLessThan(10_000);
});
