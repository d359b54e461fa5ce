import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { jsonRecord } from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';

const result = (
  name: string,
  columns: Readonly<Record<string, string>>,
  more: Parameters<typeof jsonRecord>[0] = {},
) =>
  mapped(
    jsonRecord({
      name,
      hostIdentifier: '4C4C4544-0000',
      calendarTime: 'Tue Mar  5 10:16:00 2024 UTC',
      unixTime: 1709633760,
      epoch: 0,
      counter: 7,
      decorations: { hostname: 'LNX01' },
      columns,
      action: 'added',
      ...more,
    }),
  );
const program = {
  pid: '512',
  parent: '511',
  path: '/usr/bin/curl',
  cmdline: 'curl http://x',
  cwd: '"/tmp"',
  uid: '0',
  time: '1709633730',
  ctime: '1600000000',
  syscall: 'execve',
};

describe('processes', () => {
  test('of process_events: the second of the event, not that of the query', () => {
    const event = result('pack/ir/process_events', program);
    expect(event).toMatchObject({
      product: 'osquery',
      eventClass: 'process-start',
      host: 'lnx01',
      source: 'pack/ir/process_events',
      timeSource: 'columns.time',
      fields: {
        process_id: '512',
        parent_process_id: '511',
        process_path: '/usr/bin/curl',
        process: 'curl http://x',
        user: 'root',
        'osquery.action': 'added',
        'osquery.unixTime': '1709633760',
      },
    });
    expect(formatTicks(event.time, 0)).toBe('2024-03-05T10:15:30Z');
  });

  test('by the columns where the query has a name of its own; an unknown parent is none', () => {
    expect(result('my starts', { ...program, parent: '-1' })).toMatchObject({ eventClass: 'process-start' });
    expect(result('my starts', { ...program, parent: '-1' }).fields.parent_process_id).toBeUndefined();
  });

  test('of macOS: exec, fork, exit', () => {
    const es = { ...program, event_type: 'exec', pidversion: '9' };
    expect(result('es', es)).toMatchObject({ eventClass: 'process-start', fields: { process_id: '512' } });
    expect(result('es', { ...es, event_type: 'fork', child_pid: '600' })).toMatchObject({
      eventClass: 'process-start',
      fields: { process_id: '600', parent_process_id: '512', parent_process_path: '/usr/bin/curl' },
    });
    expect(result('es', { ...es, event_type: 'exit', exit_code: '1' })).toMatchObject({
      eventClass: 'process-end',
      fields: { process_exit_status: '1' },
    });
  });

  test('of Windows, with the process that asked where it is not the parent', () => {
    const etw = {
      pid: '8820',
      ppid: '7344',
      header_pid: '900',
      type: 'ProcessStart',
      cmdline: 'x',
      path: 'C:\\x.exe',
    };
    expect(result('process_etw_events', etw)).toMatchObject({
      eventClass: 'process-start',
      fields: { parent_process_id: '7344', creator_process_id: '900' },
    });
    expect(result('process_etw_events', { ...etw, type: 'ProcessStop' }).eventClass).toBe('process-end');
  });

  test('a failed system call started nothing', () => {
    const bpf = { ...program, tid: '512', ntime: '1', exit_code: '-2' };
    expect(result('bpf_process_events', bpf).eventClass).toBe('other');
    expect(result('bpf_process_events', { ...bpf, exit_code: '0' }).eventClass).toBe('process-start');
  });
});

test('connections, either way', () => {
  const sides = {
    ...program,
    action: 'connect',
    local_address: '10.1.1.7',
    local_port: '0',
    remote_address: '203.0.113.9',
    remote_port: '443',
    protocol: '6',
  };
  expect(result('socket_events', sides)).toMatchObject({
    eventClass: 'network',
    fields: {
      src_ip: '10.1.1.7',
      dest_ip: '203.0.113.9',
      dest_port: '443',
      direction: 'outbound',
      transport: 'tcp',
    },
  });
  expect(result('socket_events', sides).fields.src_port).toBeUndefined();
  expect(result('socket_events', { ...sides, action: 'accept', local_port: '22' }).fields).toMatchObject({
    src_ip: '203.0.113.9',
    dest_ip: '10.1.1.7',
    dest_port: '22',
    direction: 'inbound',
  });
});

test('what is no event is kept with its columns: other tables, removed rows, snapshots', () => {
  expect(result('pack/x/mounts', { path: '/', device: 'd' })).toMatchObject({
    eventClass: 'other',
    timeSource: 'unixTime (of the query)',
    fields: { device: 'd' },
  });
  expect(result('process_events', program, { action: 'removed' }).eventClass).toBe('other');
  expect(
    mapped(
      jsonRecord({ name: 'users', hostIdentifier: 'h', snapshot: [{ uid: '0' }], unixTime: 1709633760 }),
    ),
  ).toMatchObject({ product: 'osquery', host: 'h', fields: { 'osquery.snapshot{}.uid': '0' } });
});
