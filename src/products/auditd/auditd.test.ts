import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { readAll, recordsOf } from '../../../test/read-format.ts';
import { corpusPath } from '../../../test/shared-data.ts';
import { formatTicks } from '../../core/ticks.ts';
import { auditLog } from '../../formats/audit/audit-log.ts';

const stamp = 'msg=audit(1709633730.500:77):';
const call = (more: string, head = '') =>
  `${head}type=SYSCALL ${stamp} arch=c000003e ${more} ppid=400 pid=511 auid=1000 uid=1000 gid=1000 tty=pts0 ses=3 comm="bash" exe="/usr/bin/bash" key="exec"`;
const read = (...lines: readonly string[]) => mapped({ kind: 'text', raw: lines.join('\n'), offset: 0 });

describe('a program', () => {
  const exec = [
    call('syscall=59 success=yes exit=0', 'node=lnx01 '),
    `node=lnx01 type=EXECVE ${stamp} argc=3 a0="bash" a1="-c" a2=6375726C202D7320687474703A2F2F78`,
    `node=lnx01 type=CWD ${stamp} cwd="/tmp"`,
    `node=lnx01 type=PATH ${stamp} item=0 name="/usr/bin/bash" inode=27 nametype=NORMAL`,
    `node=lnx01 type=PROCTITLE ${stamp} proctitle=62617368002D63`,
  ] as const;

  test('is put together out of its records', () => {
    const event = read(...exec);
    expect(event).toMatchObject({
      product: 'auditd',
      eventClass: 'process-start',
      host: 'lnx01',
      sourcetype: 'linux:audit',
      fields: {
        process_id: '511',
        parent_process_id: '400',
        process_path: '/usr/bin/bash',
        process: 'bash -c curl -s http://x',
        argv: ['bash', '-c', 'curl -s http://x'],
        process_current_directory: '/tmp',
        user_id: '1000',
        session_id: '3',
        key: 'exec',
        'PATH.name': '/usr/bin/bash',
        type: ['SYSCALL', 'EXECVE', 'CWD', 'PATH', 'PROCTITLE'],
      },
    });
    expect(formatTicks(event.time, 3)).toBe('2024-03-05T10:15:30.500Z');
    expect(event.fields.keizu_note).toBeUndefined();
  });

  test('whose long argument comes in pieces, of which some are lost', () => {
    const { fields } = read(
      exec[0],
      `type=EXECVE ${stamp} argc=4 a0="x" a1_len=8 a1[0]=6162`,
      `type=EXECVE ${stamp} a1[1]=6364 a2="z"`,
    );
    expect(fields.argv).toEqual(['x', 'abcd', 'z']);
    expect(fields.keizu_note).toMatch(/missing/);
  });

  test('without EXECVE has its title, which the kernel cuts', () => {
    expect(read(exec[0], exec[4]).fields.process).toBe('bash -c');
    const cut = `type=PROCTITLE ${stamp} proctitle=${'61'.repeat(128)}`;
    expect(read(exec[0], cut).fields.keizu_note).toMatch(/cut/);
  });

  test('that could not be run started nothing', () => {
    expect(read(call('syscall=59 success=no exit=-2'))).toMatchObject({
      eventClass: 'other',
      fields: { action: 'failure', process_id: '511' },
    });
  });

  test('with names that the daemon looked up', () => {
    expect(
      read(`${call('syscall=59 success=yes exit=0')}\u001dSYSCALL=execve UID="alice" AUID="bob"`).fields,
    ).toMatchObject({
      user: 'alice',
      src_user: 'bob',
    });
  });
});

describe('other calls', () => {
  test('a fork makes a process, a thread none', () => {
    expect(read(call('syscall=56 success=yes exit=512 a0=1200011'))).toMatchObject({
      eventClass: 'process-start',
      fields: { process_id: '512', parent_process_id: '511', process_path: '/usr/bin/bash' },
    });
    expect(read(call('syscall=56 success=yes exit=513 a0=3d0f00')).eventClass).toBe('other');
    expect(read(call('syscall=231 a0=0'))).toMatchObject({
      eventClass: 'process-end',
      fields: { process_id: '511' },
    });
  });

  test('connections', () => {
    expect(
      read(
        call('syscall=42 success=no exit=-115'),
        `type=SOCKADDR ${stamp} saddr=020001BBCB0071090000000000000000`,
      ),
    ).toMatchObject({
      eventClass: 'network',
      fields: { dest_ip: '203.0.113.9', dest_port: '443', direction: 'outbound' },
    });
    expect(
      read(
        call('syscall=43 success=yes exit=4'),
        `type=SOCKADDR ${stamp} saddr=0A00D43100000000200104F8000000000000000000000001`,
      ).fields,
    ).toMatchObject({
      src_ip: '2001:04f8:0000:0000:0000:0000:0000:0001',
      src_port: '54321',
      direction: 'inbound',
    });
  });

  test('files, relative to the working directory', () => {
    const made = `type=PATH ${stamp} item=1 name="a.sh" nametype=CREATE`;
    expect(read(call('syscall=257 success=yes exit=3'), `type=CWD ${stamp} cwd="/tmp"`, made)).toMatchObject({
      eventClass: 'file-create',
      fields: { file_path: '/tmp/a.sh', file_name: 'a.sh' },
    });
  });

  test('a logon', () => {
    expect(
      read(
        `type=USER_LOGIN ${stamp} pid=900 uid=0 auid=4294967295 ses=4294967295 msg='op=login acct="alice" exe="/usr/sbin/sshd" hostname=? addr=198.51.100.4 terminal=ssh res=failed'`,
      ),
    ).toMatchObject({
      eventClass: 'logon',
      fields: {
        user: 'alice',
        src_ip: '198.51.100.4',
        action: 'failure',
        process_id: '900',
        process_path: '/usr/sbin/sshd',
      },
    });
  });
});

const corpus = corpusPath('msticpy', 'tests', 'testdata', 'auditd_log.txt');
test.skipIf(corpus === undefined)('a real log: every program has its command line', async () => {
  const items = await readAll(auditLog, readFileSync(corpus ?? ''));
  const events = recordsOf(items).map((record) => mapped(record));
  expect(new Set(events.map(({ product }) => product))).toEqual(new Set(['auditd']));
  const starts = events.filter(({ eventClass }) => eventClass === 'process-start');
  expect(starts.length).toBe(146);
  for (const { fields } of starts) {
    expect(fields.process).toBeDefined();
    expect(fields.argv).toBeDefined();
    expect(fields.parent_process_id).toMatch(/^\d+$/);
  }
});
