import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparablePath, isPath, mentionsPath } from './file-path.ts';

const wanted = comparablePath('C:\\Users\\wally\\Kd8\\R43H.dll');

describe('isPath', () => {
  test.each([
    'c:\\users\\WALLY\\kd8\\r43h.DLL',
    '\\??\\C:\\Users\\wally\\Kd8\\R43H.dll',
    '\\\\?\\C:\\Users\\wally\\Kd8\\R43H.dll',
    '\\Device\\HarddiskVolume3\\Users\\wally\\Kd8\\R43H.dll',
    '\\\\?\\GLOBALROOT\\Device\\HarddiskVolume3\\Users\\wally\\Kd8\\R43H.dll',
    'C:/Users/wally/Kd8/R43H.dll',
    '"C:\\Users\\wally\\Kd8\\R43H.dll"',
    'C:\\Users\\wally\\Kd8\\R43H.dll:Zone.Identifier',
  ])('the same file: %s', (path) => expect(isPath(wanted, path)).toBe(true));

  test.each([
    'D:\\Users\\wally\\Kd8\\R43H.dll',
    'C:\\Users\\wally\\Kd8\\R43H.dll.bak',
    'C:\\x\\Users\\wally\\Kd8\\R43H.dll',
    'C:\\Users\\wally\\R43H.dll',
    '',
  ])('another file: %s', (path) => expect(isPath(wanted, path)).toBe(false));

  test('the end of a path stands for all files that end in it, at the border of a name', () => {
    expect(isPath(comparablePath('r43h.dll'), 'C:\\a\\R43H.dll')).toBe(true);
    expect(isPath(comparablePath('kd8\\r43h.dll'), 'C:\\a\\Kd8\\R43H.dll')).toBe(true);
    expect(isPath(comparablePath('43h.dll'), 'C:\\a\\R43H.dll')).toBe(false);
    expect(isPath(comparablePath('passwd'), '/etc/passwd')).toBe(true);
  });

  test('SystemRoot is the folder of Windows, shares are no drives, short names stay', () => {
    const cmd = comparablePath('C:\\Windows\\System32\\cmd.exe');
    expect(isPath(cmd, '\\SystemRoot\\System32\\cmd.exe')).toBe(true);
    expect(isPath(cmd, '%SystemRoot%\\system32\\cmd.exe')).toBe(true);
    expect(isPath(comparablePath('\\\\srv\\share\\a.doc'), '\\\\?\\UNC\\srv\\share\\A.DOC')).toBe(true);
    expect(isPath(comparablePath('C:\\Progra~1\\a.exe'), 'C:\\Program Files\\a.exe')).toBe(false);
  });
});

describe('mentionsPath', () => {
  test.each([
    'rundll32 C:\\Users\\wally\\Kd8\\R43H.dll,Control_RunDLL',
    'regsvr32 /s "c:\\users\\wally\\kd8\\r43h.dll"',
    'x \\??\\C:\\Users\\wally\\Kd8\\R43H.dll',
    'x --in=C:/Users/wally/Kd8/R43H.dll.',
    '\\Device\\HarddiskVolume3\\Users\\wally\\Kd8\\R43H.dll',
  ])('named: %s', (text) => expect(mentionsPath(wanted, text)).toBe(true));

  test.each([
    'del D:\\Users\\wally\\Kd8\\R43H.dll',
    'type C:\\Users\\wally\\Kd8\\R43H.dllx',
    'type C:\\Users\\wally\\Kd8\\R43H.dll.bak',
    'type C:\\old\\Users\\wally\\Kd8\\R43H.dll',
    'R43H.dll',
  ])('not named: %s', (text) => expect(mentionsPath(wanted, text)).toBe(false));

  test('a bare name is the file where the process stands in its folder', () => {
    expect(mentionsPath(wanted, 'rundll32 R43H.dll,Run', 'C:\\Users\\wally\\Kd8\\')).toBe(true);
    expect(mentionsPath(wanted, 'rundll32 R43H.dll,Run', 'C:\\Users\\wally\\')).toBe(false);
    expect(mentionsPath(wanted, 'rundll32 xR43H.dll,Run', 'C:\\Users\\wally\\Kd8')).toBe(false);
  });

  test('is quick on hostile texts', () => {
    const many = 'R43H.dll'.repeat(4_000);
    expect(mentionsPath(wanted, many, 'C:\\Users\\wally\\Kd8')).toBe(false);
    expect(mentionsPath(wanted, `${many} r43h.dll`, 'C:\\Users\\wally\\Kd8')).toBe(true);
    expect(mentionsPath(comparablePath('a'), `${'a'.repeat(30_000)}b`)).toBe(false);
    expect(mentionsPath(comparablePath(''), 'text')).toBe(false);
  });
});

test('a path is itself in any letter case and spelling', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9 _()-]{1,12}$/).filter((text) => text.trim() === text);
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
      const path = `C:\\${parts.join('\\')}.exe`;
      for (const other of [path.toUpperCase(), `\\??\\${path}`, `\\Device\\HarddiskVolume9${path.slice(2)}`])
        expect(isPath(comparablePath(path), other)).toBe(true);
      expect(mentionsPath(comparablePath(path), `run "${path}" now`)).toBe(true);
    }),
  );
});
