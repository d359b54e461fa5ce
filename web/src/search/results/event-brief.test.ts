import { expect, test } from 'vitest';
import { eventBrief } from './event-brief.ts';

const columns = (names: string) => names.split(' ').map((name) => ({ name, type: 'text' as const }));

test('a process start is its program and its command line', () => {
  const brief = eventBrief(columns('_id _time host Image CommandLine EventCode ParentImage _raw'), [
    'ab',
    '2026-11-18T01:00:00.0000000Z',
    'pc',
    'C:\\Windows\\cmd.exe',
    'cmd /c dir',
    '1',
    'C:\\x\\Excel.exe',
    '<Event/>',
  ]);
  expect(brief).toMatchObject({ id: 'ab', host: 'pc', title: 'cmd.exe', text: 'cmd /c dir' });
  expect(brief.facts).toEqual([
    ['EventCode', '1'],
    ['Parent', 'Excel.exe'],
  ]);
});

test('what has no such fields is shown as it came', () => {
  expect(eventBrief(columns('host _raw'), ['proxy', 'GET  http://a\n200'])).toMatchObject({
    title: '',
    text: 'GET http://a 200',
    time: undefined,
  });
});

test('an event that names nothing of its own is what it carries', () => {
  const raw =
    "<Event><EventData><Data Name='LogonType'>3</Data><Data Name='IpAddress'>-</Data></EventData></Event>";
  expect(eventBrief(columns('ProcessName _raw'), ['-', raw])).toMatchObject({
    title: '',
    text: 'LogonType=3',
  });
});
