import { describe, expect, test } from 'vitest';
import { type MadeProcess, madeLineage } from '../../../test/made-lineage.ts';
import { type FlagCode, flagProcess, plainPath } from './flag-process.ts';

function codes(process: Partial<MadeProcess>, parentImage?: string): FlagCode[] {
  const lineage = madeLineage([
    { name: 'child', start: '08:00:01', ...process, ...(parentImage !== undefined && { parent: 'parent' }) },
    ...(parentImage === undefined ? [] : [{ name: 'parent', start: '08:00:00', image: parentImage }]),
  ]);
  return flagProcess(lineage, 0).map(({ code }) => code);
}

describe('folders', () => {
  test.each([
    'C:\\Users\\haruka\\AppData\\Local\\Temp\\7z.exe',
    'C:\\Windows\\Temp\\x.exe',
    'c:\\users\\haruka\\downloads\\Setup.exe',
    'C:\\Users\\h\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\a.exe',
    'C:\\Users\\Public\\x.exe',
    'D:\\$Recycle.Bin\\S-1-5-21\\x.exe',
    'C:\\PerfLogs\\x.exe',
    'C:\\Windows\\Fonts\\x.exe',
    'C:\\ProgramData\\x.exe',
    'C:\\x.exe',
    '\\\\?\\C:\\Windows\\Temp\\x.exe',
    '\\Device\\HarddiskVolume3\\Users\\Public\\x.exe',
    '\\\\10.0.0.5\\share\\x.exe',
    '/tmp/x',
    '/dev/shm/.x',
  ])('%s is unusual', (image) => {
    expect(codes({ image })).toEqual(['unusual-folder']);
  });

  test.each([
    'C:\\Program Files\\App\\app.exe',
    'C:\\ProgramData\\Vendor\\agent.exe',
    'C:\\Windows\\explorer.exe',
    'C:\\Templates\\x.exe',
    '\\??\\C:\\Windows\\System32\\conhost.exe',
    '\\SystemRoot\\System32\\smss.exe',
    '/usr/bin/tmpwatch',
    '/home/h/tmp.d/x',
    'System',
    'Registry',
    '',
  ])('%s is not', (image) => {
    expect(codes({ image })).toEqual([]);
  });
});

describe('what hosts of code are given', () => {
  test('a DLL or a script of an unusual folder', () => {
    const image = 'C:\\Windows\\System32\\rundll32.exe';
    const commandLine = 'rundll32.exe C:\\Users\\PEDRO~1.GUS\\AppData\\Local\\Temp\\rtcpef.dll,a /p:rtcpef';
    const lineage = madeLineage([{ name: 'child', start: '08:00:01', image, commandLine }]);
    expect(flagProcess(lineage, 0)).toEqual([
      {
        code: 'unusual-folder',
        reason: 'is given a file of a Temp folder: C:\\Users\\PEDRO~1.GUS\\AppData\\Local\\Temp\\rtcpef.dll',
      },
    ]);
    expect(
      codes({ image, commandLine: 'rundll32 "C:\\Windows\\System32\\shell32.dll",Control_RunDLL' }),
    ).toEqual([]);
    expect(codes({ image, commandLine: `rundll32 ${'c:\\a'.repeat(8_000)}` })).toEqual([]);
  });

  test('other programs may be given any file', () => {
    expect(codes({ image: 'C:\\Windows\\notepad.exe', commandLine: 'notepad C:\\Temp\\a.vbs' })).toEqual([]);
  });
});

describe('names of Windows', () => {
  test('outside their folder', () => {
    expect(codes({ image: 'C:\\Windows\\svchost.exe' })).toEqual(['system-name-elsewhere']);
    expect(codes({ image: 'C:\\Users\\h\\AppData\\Roaming\\explorer.exe' })).toEqual([
      'system-name-elsewhere',
    ]);
    expect(codes({ image: 'C:\\Windows\\System32\\explorer.exe' })).toEqual(['system-name-elsewhere']);
    expect(codes({ image: 'C:\\Windows\\Temp\\LSASS.EXE' })).toEqual([
      'unusual-folder',
      'system-name-elsewhere',
    ]);
  });

  test('in their folder, in any case, or in a copy for updates', () => {
    expect(codes({ image: 'c:\\WINDOWS\\system32\\SVCHOST.exe' })).toEqual([]);
    expect(codes({ image: 'C:\\Windows\\SysWOW64\\cmd.exe' })).toEqual([]);
    expect(codes({ image: 'C:\\Windows\\WinSxS\\amd64_x\\svchost.exe' })).toEqual([]);
  });

  test('names of objects are no programs', () => {
    expect(codes({ image: 'C:\\Program Files\\x\\constructor' }, 'C:\\Program Files\\x\\toString')).toEqual(
      [],
    );
  });
});

describe('parents', () => {
  const system32 = (name: string) => `C:\\Windows\\System32\\${name}`;

  test('Office and browsers start no shells', () => {
    expect(codes({ image: system32('cmd.exe') }, 'C:\\Office\\WINWORD.EXE')).toEqual([
      'document-starts-shell',
    ]);
    expect(codes({ image: system32('mshta.exe') }, 'C:\\x\\chrome.exe')).toEqual(['document-starts-shell']);
    expect(codes({ image: 'C:\\x\\chrome.exe' }, 'C:\\x\\chrome.exe')).toEqual([]);
    expect(codes({ image: system32('cmd.exe') }, 'C:\\Windows\\explorer.exe')).toEqual([]);
  });

  test('programs that only Windows starts', () => {
    expect(codes({ image: system32('svchost.exe') }, system32('services.exe'))).toEqual([]);
    expect(codes({ image: system32('svchost.exe') }, system32('cmd.exe'))).toEqual(['unexpected-parent']);
    expect(codes({ image: system32('lsass.exe') }, system32('wininit.exe'))).toEqual([]);
    expect(codes({ image: system32('lsass.exe') }, 'C:\\Windows\\explorer.exe')).toEqual([
      'unexpected-parent',
    ]);
    expect(codes({ image: system32('smss.exe') }, 'System')).toEqual([]);
  });

  test('an unknown parent is no odd parent', () => {
    expect(codes({ image: system32('svchost.exe') })).toEqual([]);
  });

  test('a doubtful parent is said to be doubtful', () => {
    const lineage = madeLineage([
      { name: 'word', start: '08:00:00', image: 'C:\\Office\\WINWORD.EXE' },
      { name: 'cmd', start: '08:00:01', parent: 'word', grade: 'ambiguous' },
    ]);
    expect(flagProcess(lineage, 1)).toEqual([
      {
        code: 'document-starts-shell',
        reason: 'Word (winword.exe) started a shell (cmd.exe), if that parent is the right one',
      },
    ]);
  });

  test('sensors that name different parents', () => {
    const event = { id: '', eventCode: '1', time: 0n, arrival: 0n };
    expect(
      codes({
        disagreements: [
          {
            field: 'parentPid',
            values: [
              { value: '10', event: { ...event, product: 'sysmon' } },
              { value: '20', event: { ...event, product: 'windows-security' } },
            ],
          },
        ],
      }),
    ).toEqual(['parent-spoofing-hint']);
  });
});

describe('names that deceive', () => {
  test('double endings', () => {
    expect(codes({ image: 'C:\\x\\Invoice.pdf.exe' })).toEqual(['double-extension']);
    expect(codes({ image: 'C:\\x\\Invoice.pdf            .exe' })).toEqual(['double-extension']);
    expect(codes({ commandLine: 'wscript "C:\\x\\photo.jpg.js"' })).toEqual(['double-extension']);
    expect(codes({ image: 'C:\\x\\System.Xml.dll', commandLine: 'type a.txt b.exe' })).toEqual([]);
  });

  test('the direction of writing', () => {
    expect(codes({ image: 'C:\\x\\inv\u202efdp.exe' })).toEqual(['direction-override']);
    expect(codes({ commandLine: 'a \u2067 b' })).toEqual(['direction-override']);
  });

  test('a long hostile text is read in time', () => {
    const text = `${'.pdf '.repeat(6_000)}${' '.repeat(30_000)}`;
    expect(codes({ commandLine: text })).toEqual([]);
  });
});

test('paths of the kernel', () => {
  expect(plainPath('\\??\\C:\\Windows\\x')).toBe('c:\\windows\\x');
  expect(plainPath('\\\\?\\D:/A')).toBe('d:\\a');
  expect(plainPath('%SystemRoot%\\x')).toBe('c:\\windows\\x');
});
