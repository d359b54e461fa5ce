import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAll } from '../../../test/read-format.ts';
import { auditLog } from './audit-log.ts';

const line = (serial: number, type: string) => `type=${type} msg=audit(1709633730.500:${serial}): a=b`;

async function raws(content: string, size?: number): Promise<readonly string[]> {
  return (await readAll(auditLog, content, size)).map((item) =>
    item.kind === 'fault' ? item.code : item.raw,
  );
}

test('is told by its first line', () => {
  const recognises = (text: string) => auditLog.recognises(Buffer.from(text));
  expect(recognises(line(1, 'SYSCALL'))).toBe(true);
  expect(recognises(`node=lnx01 ${line(1, 'SYSCALL')}`)).toBe(true);
  expect(recognises(`Mar  5 10:15:30 lnx01 audispd: ${line(1, 'SYSCALL')}`)).toBe(true);
  expect(recognises(`{"MESSAGE":"${line(1, 'SYSCALL')}"}`)).toBe(false);
  expect(recognises('Mar  5 10:15:30 lnx01 kernel: hello')).toBe(false);
});

test('lines of an event are one record, also where those of others stand among them', async () => {
  const text = [
    line(1, 'SYSCALL'),
    line(2, 'SYSCALL'),
    line(1, 'EXECVE'),
    line(2, 'EXECVE'),
    line(1, 'EOE'),
  ].join('\n');
  expect(await raws(text)).toEqual([
    [line(1, 'SYSCALL'), line(1, 'EXECVE'), line(1, 'EOE')].join('\n'),
    [line(2, 'SYSCALL'), line(2, 'EXECVE')].join('\n'),
  ]);
});

test('the nodes of a collected log are told apart', async () => {
  const text = [`node=a ${line(1, 'SYSCALL')}`, `node=b ${line(1, 'SYSCALL')}`].join('\n');
  expect(await raws(text)).toHaveLength(2);
});

test('no line is lost or doubled, wherever chunks end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.integer({ min: 1, max: 90 }).map((serial) => line(serial, 'PATH')),
          fc.constant('other text'),
        ),
        {
          maxLength: 400,
        },
      ),
      fc.integer({ min: 1, max: 5_000 }),
      async (lines, size) => {
        const found = await raws(lines.join('\n'), size);
        expect(found.flatMap((raw) => raw.split('\n')).sort()).toEqual([...lines].sort());
        expect(await raws(lines.join('\n'))).toEqual(found);
      },
    ),
    { numRuns: 60 },
  );
});
