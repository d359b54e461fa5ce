import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { closeEngine, kept } from './functions/evaluate.test-support.ts';

afterAll(closeEngine);

/** Which of the texts a search finds as `_raw`. */
function inRaw(search: string, ...texts: readonly string[]): string[] {
  return kept(
    search,
    texts.map((_raw) => ({ _raw })),
  ).map((at) => texts[at] ?? '');
}

/** Which of the values of `f` a search keeps. */
function ofField(search: string, ...values: readonly (string | null | readonly string[])[]) {
  return kept(
    search,
    values.map((f) => ({ f, present: '1' })),
  ).map((at) => values[at]);
}

describe('fields', () => {
  test('equal without letter case, as text', () => {
    expect(ofField('f=ADMIN', 'admin', 'Admin', 'root', null)).toEqual(['admin', 'Admin']);
    expect(ofField('f=1', '1', '1.0', '01')).toEqual(['1']);
    expect(ofField('f="bob smith"', 'bob smith', 'bob')).toEqual(['bob smith']);
    expect(ofField('f=ÄRGER', 'ärger', 'arger')).toEqual(['ärger']);
    expect(ofField('f=""', '', 'x', null)).toEqual(['']);
    expect(ofField('f=CASE(Bob)', 'Bob', 'bob')).toEqual(['Bob']);
  });

  test('wildcards match any run', () => {
    expect(ofField('f=adm*', 'admin', 'sysadm', 'ADM')).toEqual(['admin', 'ADM']);
    expect(ofField('f=*adm', 'admin', 'sysadm')).toEqual(['sysadm']);
    expect(ofField('f=*failed*', 'login failed badly', 'ok')).toEqual(['login failed badly']);
    expect(ofField('f="C:\\\\Win*\\\\*.exe"', 'C:\\Windows\\cmd.EXE', 'C:\\Temp\\cmd.exe')).toEqual([
      'C:\\Windows\\cmd.EXE',
    ]);
    expect(ofField('f=*\\\\cmd.exe', 'C:\\Windows\\CMD.EXE', 'cmd.exe')).toEqual(['C:\\Windows\\CMD.EXE']);
    expect(ofField('f=50%*_x', '50% of_x', '50 of_x', '50%y_z')).toEqual(['50% of_x']);
    expect(ofField('f=a*ü*', 'AxÜb', 'ab')).toEqual(['AxÜb']);
  });

  test('presence and absence', () => {
    expect(ofField('f=*', 'x', null)).toEqual(['x']);
    expect(ofField('f!=*', 'x', null)).toEqual([]);
    expect(ofField('NOT f=*', 'x', null)).toEqual([null]);
    expect(ofField('f!=bob', 'bob', 'amy', null)).toEqual(['amy']);
    expect(ofField('NOT f=bob', 'bob', 'amy', null)).toEqual(['amy', null]);
    expect(ofField('nosuch!=bob', 'x')).toEqual([]);
    expect(ofField('NOT nosuch=bob', 'x')).toEqual(['x']);
  });

  test('order is numeric where both are numbers', () => {
    expect(ofField('f>400', '1000', '50', '400', 'x', null)).toEqual(['1000', 'x']);
    expect(ofField('f>=400 f<=1000', '1000', '1001', '400')).toEqual(['1000', '400']);
    expect(ofField('f<b', 'a', 'c', '1')).toEqual(['a', '1']);
  });

  test('IN is any of the values', () => {
    expect(ofField('f IN (40*, 500)', '403', '500', '503')).toEqual(['403', '500']);
    expect(ofField('f IN("bob smith",alice)', 'bob smith', 'ALICE', 'bob')).toEqual(['bob smith', 'ALICE']);
    expect(ofField('NOT f IN (200, 304)', '200', '404', null)).toEqual(['404', null]);
    expect(ofField('f IN (*)', 'x', null)).toEqual(['x']);
  });

  test('one of several values will do', () => {
    expect(ofField('f=bob', ['alice', 'bob'], ['alice', 'carol'])).toEqual([['alice', 'bob']]);
    expect(ofField('f=*ol', ['alice', 'bob'], ['alice', 'carol'])).toEqual([['alice', 'carol']]);
    expect(ofField('f!=alice', ['alice'], ['alice', 'carol'])).toEqual([['alice', 'carol']]);
    expect(ofField('NOT f=alice', ['alice'], ['bob'], null)).toEqual([['bob'], null]);
    expect(ofField('f>5', ['1', '9'], ['2', '3'])).toEqual([['1', '9']]);
    expect(ofField('f IN (q, bob)', ['alice', 'bob'], ['c'])).toEqual([['alice', 'bob']]);
  });

  test('a block of addresses', () => {
    expect(ofField('f=10.0.0.0/8', '10.1.2.3', '11.0.0.1', 'x', '10.0.0.0/8', null)).toEqual([
      '10.1.2.3',
      '10.0.0.0/8',
    ]);
    expect(ofField('f!=10.0.0.0/8', '10.1.2.3', '11.0.0.1', null)).toEqual(['11.0.0.1']);
    expect(ofField('f="2001:db8:1:2::/64"', '2001:0db8:0001:0002::5', '2001:db8:1:3::5', '10.0.0.1')).toEqual(
      ['2001:0db8:0001:0002::5'],
    );
    expect(ofField('f="::/0"', '10.0.0.1', '::1')).toEqual(['::1']);
  });

  test('the two names of a Windows channel', () => {
    const rows = [{ source: 'XmlWinEventLog:Security' }, { source: 'WinEventLog:Security' }, { source: 'x' }];
    expect(kept('source=wineventlog:security', rows)).toEqual([0, 1]);
    expect(kept('source="XmlWinEventLog:Sec*"', rows)).toEqual([0, 1]);
    expect(kept('source IN ("WinEventLog:Security")', rows)).toEqual([0, 1]);
  });

  test('numbers that a search has made', () => {
    const rows = [{ n: 5 }, { n: 50 }, { n: 0.5 }, { n: null }];
    expect(kept('n=5', rows)).toEqual([0]);
    expect(kept('n=5*', rows)).toEqual([0, 1]);
    expect(kept('n>=5', rows)).toEqual([0, 1]);
    expect(kept('n=0.50', rows)).toEqual([]);
    expect(kept('n!=5', rows)).toEqual([1, 2]);
  });
});

describe('logic', () => {
  test('OR binds tighter than AND', () => {
    const rows = [
      { a: '1', b: '2', c: '0' },
      { a: '1', b: '0', c: '3' },
      { a: '0', b: '0', c: '3' },
    ];
    expect(kept('a=1 b=2 OR c=3', rows)).toEqual([0, 1]);
    expect(kept('NOT a=1 OR b=2', rows)).toEqual([0, 2]);
    expect(kept('NOT (a=1 OR b=2)', rows)).toEqual([2]);
  });
});

describe('words in _raw', () => {
  test('match whole segments', () => {
    expect(inRaw('fail', 'login failed', 'build fail now', 'failure', 'FAIL')).toEqual([
      'build fail now',
      'FAIL',
    ]);
    expect(inRaw('bar', 'x foo.bar y', 'foo_bar', 'foobar', 'bar')).toEqual([
      'x foo.bar y',
      'foo_bar',
      'bar',
    ]);
    expect(inRaw('404', 'status=404 ok', 'status=4040', 'code 404')).toEqual(['status=404 ok', 'code 404']);
    expect(inRaw('10.1.2.3', 'from 10.1.2.3 port', 'from 10.1.2.33 port')).toEqual(['from 10.1.2.3 port']);
    expect(inRaw('foo', 'a%20foo', 'a%2Cfoo', 'a%41foo', 'a--foo')).toEqual(['a%20foo', 'a%2Cfoo', 'a--foo']);
  });

  test('with wildcards', () => {
    expect(inRaw('fail*', 'login failed', 'prefail')).toEqual(['login failed']);
    expect(inRaw('*ware', 'malware found', 'warehouse', 'hardware ok')).toEqual([
      'malware found',
      'hardware ok',
    ]);
    expect(inRaw('mal*re', 'malware', 'mallard here', 'mal re')).toEqual(['malware']);
    expect(inRaw('*alwa*', 'MALWARE', 'wall')).toEqual(['MALWARE']);
    expect(inRaw('*', 'x', '')).toEqual(['x', '']);
  });

  test('phrases', () => {
    expect(inRaw('"failed login"', 'failed login from x', 'login failed', 'failed logins')).toEqual([
      'failed login from x',
    ]);
    expect(inRaw('"denied, retry"', 'denied, retry now', 'denied retry')).toEqual(['denied, retry now']);
    expect(inRaw('"C:\\\\Temp\\\\"', 'in C:\\Temp\\x.exe', 'C:\\Temps')).toEqual(['in C:\\Temp\\x.exe']);
  });

  test('TERM and CASE', () => {
    expect(inRaw('TERM(10.0.0.9)', 'a,10.0.0.9,b', 'x=10.0.0.9', 'a 10.0.0.99 b')).toEqual(['a,10.0.0.9,b']);
    expect(inRaw('CASE(Error)', 'Error here', 'error here', 'ERROR')).toEqual(['Error here']);
  });

  test('letters beyond ASCII', () => {
    expect(inRaw('ärger', 'nur ÄRGER hier', 'arger')).toEqual(['nur ÄRGER hier']);
    expect(inRaw('日本*', '件名 日本語', '本')).toEqual(['件名 日本語']);
  });

  test('absent _raw has no words', () => {
    expect(kept('x', [{ _raw: null }, { _raw: 'x' }])).toEqual([1]);
    expect(kept('NOT x', [{ _raw: null }, { _raw: 'x' }])).toEqual([0]);
  });
});

test('time modifiers below the top of a search', () => {
  const rows = [{ _time: 10_000_000n }, { _time: 20_000_000n }, { _time: 30_000_000n }];
  const span = { start: 0, end: 0 };
  const modifier = (name: 'earliest' | 'latest', value: string) =>
    ({ kind: 'time-modifier', name, value, span }) as const;
  expect(kept(modifier('earliest', '2'), rows)).toEqual([1, 2]);
  expect(kept({ kind: 'not', term: modifier('latest', '2'), span }, rows)).toEqual([1, 2]);
});

test('rows without _raw have words in their fields', () => {
  const rows = [
    { user: 'bob smith', n: 5 },
    { user: ['x', 'amy'], n: 7 },
    { user: 'bobby', n: null },
  ];
  expect(kept('bob', rows)).toEqual([0]);
  expect(kept('amy', rows)).toEqual([1]);
  expect(kept('7', rows)).toEqual([1]);
  expect(kept('NOT bob*', rows)).toEqual([1]);
});

const letters = fc.array(fc.constantFrom('a', 'B', '.', '*', '%', '_', '\\', ' ', 'é'), { maxLength: 8 });

test('wildcards agree with a plain definition', () => {
  fc.assert(
    fc.property(
      letters.map((parts) => parts.join('')).filter((pattern) => pattern !== ''),
      fc.array(
        letters.map((parts) => parts.join('').replaceAll('*', 'x')),
        { minLength: 1, maxLength: 40 },
      ),
      (pattern, values) => {
        const expression = new RegExp(
          `^${pattern
            .split('*')
            .map((piece) => piece.replace(/[\\.^$|?+()[\]{}]/g, '\\$&'))
            .join('.*')}$`,
          'isu',
        );
        const quoted = pattern.replace(/\\/g, '\\\\').replace(/"/g, '\\"');
        expect(ofField(`f="${quoted}"`, ...values)).toEqual(values.filter((value) => expression.test(value)));
      },
    ),
    { numRuns: 60 },
  );
});

test('words agree with a plain definition of segments', () => {
  const piece = fc.constantFrom('ab', 'b', 'A', ' ', ',', '.', '_', '(', '=', '-');
  const text = fc.array(piece, { maxLength: 10 }).map((parts) => parts.join(''));
  const word = fc.constantFrom('ab', 'b', 'a.b', 'ab_b', 'a*', '*b', 'a*b');
  const major = /[ ,(]|--/;
  fc.assert(
    fc.property(word, fc.array(text, { minLength: 1, maxLength: 40 }), (wanted, texts) => {
      // A run inside a word may go over `--`, which no class of characters leaves out.
      fc.pre(wanted !== 'a*b' || !texts.some((each) => each.includes('--')));
      const expression = new RegExp(`^${wanted.replace(/[.]/g, '\\.').replace('*', '.*')}$`, 'i');
      /** All runs of sub-segments of each major segment, with what parts them. */
      const matches = (raw: string) =>
        raw.split(major).some((segment) => {
          const parts = segment.split(/([._=-])/);
          for (let from = 0; from < parts.length; from += 2)
            for (let to = from; to < parts.length; to += 2)
              if (expression.test(parts.slice(from, to + 1).join(''))) return true;
          return false;
        });
      expect(inRaw(wanted, ...texts)).toEqual(texts.filter(matches));
    }),
    { numRuns: 60 },
  );
});
