import { describe, expect, test } from 'vitest';
import {
  at,
  end,
  from,
  guid,
  lineageOf,
  observed,
  parentText,
  processOf,
  reasonsOf,
  start,
} from '../../test/observed.ts';
import { TICKS_PER_SECOND } from '../core/ticks.ts';

const WORD = 'C:\\Office\\WINWORD.EXE';
const CHROME = 'C:\\Chrome\\chrome.exe';
const CMD = 'C:\\Windows\\System32\\cmd.exe';
const SVCHOST = 'C:\\Windows\\System32\\svchost.exe';

describe('the traps', () => {
  test('a process id is reused: the child is of whoever bore it then', () => {
    const lineage = lineageOf([
      start(0, 100, CHROME),
      end(50, 100, CHROME),
      start(60, 100, WORD),
      start(61, 200, CMD, from(100, WORD, { id: 'late' })),
      start(10, 300, CMD, from(100, CHROME, { id: 'early' })),
    ]);
    expect(parentText(lineage, 'late')).toBe(`probable started ${WORD} (100)`);
    expect(parentText(lineage, 'early')).toBe(`probable started ${CHROME} (100)`);
    expect(lineage.size).toBe(4);
  });

  test('a parent older than the log is claimed, once for all its children, without an invented time', () => {
    const lineage = lineageOf([
      start(5, 200, CMD, from(100, WORD, { id: 'a', parentCommandLine: 'word /x' })),
      start(9, 204, CMD, from(100, WORD, { id: 'b', parentCommandLine: 'word /x' })),
    ]);
    expect(parentText(lineage, 'a')).toBe(`claimed claimed ${WORD} (100)`);
    const { edge } = processOf(lineage, 'b');
    expect(edge.parent).toBe(processOf(lineage, 'a').edge.parent);
    expect(reasonsOf(lineage, 'b')).toEqual(
      expect.arrayContaining(['siblings-agree', 'not-seen-created', 'before-the-log']),
    );
    const parent = lineage.process(edge.parent ?? -1);
    expect(parent).toMatchObject({
      basis: 'claimed',
      commandLine: 'word /x',
      start: at(5),
      startFrom: 'seen-since',
      end: undefined,
    });
    expect(parent.seenBy).toHaveLength(2);
    expect(lineage.roots).toEqual([edge.parent]);
    expect(lineage.children(edge.parent ?? -1)).toHaveLength(2);
  });

  test('an exit is heeded: an ended process gets no child', () => {
    const rows = [start(0, 100, CMD), start(30, 200, WORD, from(100, CMD, { id: 'child' }))];
    expect(parentText(lineageOf(rows), 'child')).toBe(`probable started ${CMD} (100)`);
    const lineage = lineageOf([...rows, end(10, 100, CMD)]);
    expect(parentText(lineage, 'child')).toBe(`claimed claimed ${CMD} (100)`);
    expect(reasonsOf(lineage, 'child')).toContain('ended-before');
  });

  test('a process that started after its child is not its parent', () => {
    const lineage = lineageOf([start(0, 200, CMD, from(100, WORD, { id: 'child' })), start(10, 100, WORD)]);
    expect(parentText(lineage, 'child')).toBe(`claimed claimed ${WORD} (100)`);
  });

  test('another program bore the id in between, as an exit, a child or an activity tells', () => {
    const rows = [start(0, 100, CMD), start(40, 200, WORD, from(100, CMD, { id: 'child' }))];
    for (const other of [
      end(20, 100, CHROME),
      start(20, 300, CMD, from(100, CHROME)),
      observed('activity', 20, 100, { image: CHROME }),
    ]) {
      const lineage = lineageOf([...rows, other]);
      expect(parentText(lineage, 'child')).toBe(`claimed claimed ${CMD} (100)`);
    }
  });

  test('the program that the child claims is not the one that bore the id', () => {
    const lineage = lineageOf([start(0, 100, CHROME), start(30, 200, CMD, from(100, WORD, { id: 'child' }))]);
    expect(parentText(lineage, 'child')).toBe(`claimed claimed ${WORD} (100)`);
    expect(reasonsOf(lineage, 'child')).toContain('image-differs');
  });

  test('an empty or all-zero parent GUID: the process id still links', () => {
    for (const parentGuid of ['', '00000000-0000-0000-0000-000000000000']) {
      const lineage = lineageOf([
        start(0, 100, WORD, { guid: guid(0, 1) }),
        start(9, 200, CMD, from(100, WORD, { id: 'child', guid: guid(9, 2), parentGuid })),
      ]);
      expect(parentText(lineage, 'child')).toBe(`probable started ${WORD} (100)`);
      expect(reasonsOf(lineage, 'child')).toEqual(
        expect.arrayContaining(['guid-unusable', 'same-boot', 'sequence-agrees']),
      );
    }
  });

  test('an end without a GUID ends the process that has one', () => {
    const lineage = lineageOf([
      start(0, 100, WORD, { id: 'w', guid: guid(0, 1) }),
      end(9, 100, WORD, { guid: '00000000-0000-0000-0000-000000000000' }),
    ]);
    expect(lineage.size).toBe(1);
    expect(processOf(lineage, 'w').process.end).toBe(at(9));
  });

  test('GUIDs that collide (Linux): the process id tells them apart', () => {
    const same = guid(0, 77);
    const lineage = lineageOf([
      start(0.1, 100, '/bin/a', { guid: same }),
      start(0.2, 101, '/bin/b', { guid: same }),
      start(3, 200, '/bin/c', from(101, '/bin/b', { id: 'known', guid: guid(3, 78), parentGuid: same })),
      start(4, 201, '/bin/d', { id: 'unknown', guid: guid(4, 79), parentGuid: same }),
    ]);
    expect(parentText(lineage, 'known')).toBe('exact started /bin/b (101)');
    expect(processOf(lineage, 'unknown').edge.grade).toBe('ambiguous');
    expect(processOf(lineage, 'unknown').edge.candidates).toHaveLength(2);
    expect(lineage.size).toBe(4);
  });

  test('a process that is its own parent has none', () => {
    const own = guid(0, 5);
    const lineage = lineageOf([
      start(0, 100, CMD, from(100, CMD, { id: 'guid', guid: own, parentGuid: own })),
      start(9, 104, CMD, from(104, CMD, { id: 'pid' })),
    ]);
    for (const id of ['guid', 'pid']) {
      expect(parentText(lineage, id)).toBe('none');
      expect(reasonsOf(lineage, id)).toEqual(['self-parent']);
    }
  });

  test('a loop is cut, and the rest of it stays', () => {
    const [a, b] = [guid(0, 1, 0), guid(0, 2, 0)];
    const lineage = lineageOf([
      start(0.1, 100, CMD, { id: 'a', guid: a, parentGuid: b }),
      start(0.2, 104, CMD, { id: 'b', guid: b, parentGuid: a }),
    ]);
    expect(parentText(lineage, 'b')).toBe(`exact started ${CMD} (100)`);
    expect(parentText(lineage, 'a')).toBe('none');
    expect(reasonsOf(lineage, 'a')).toContain('loop-cut');
    expect(lineage.roots).toHaveLength(1);
  });

  test('a process id does not survive a boot', () => {
    const rows = [start(0, 100, SVCHOST), start(900, 200, CMD, from(100, SVCHOST, { id: 'child' }))];
    expect(parentText(lineageOf(rows), 'child')).toContain('probable');
    const lineage = lineageOf([...rows, observed('boot', 600, 0, { product: 'windows' })]);
    expect(parentText(lineage, 'child')).toBe(`claimed claimed ${SVCHOST} (100)`);
    expect(reasonsOf(lineage, 'child')).toContain('other-boot');
  });

  test('what starts while the host boots is not cut from what starts after the boot event', () => {
    const lineage = lineageOf([
      observed('shutdown', 500, 0, { product: 'windows' }),
      start(590, 100, 'C:\\Windows\\System32\\wininit.exe'),
      observed('boot', 600, 0, { product: 'windows' }),
      start(610, 200, SVCHOST, from(100, 'C:\\Windows\\System32\\wininit.exe', { id: 'child' })),
    ]);
    expect(parentText(lineage, 'child')).toContain('probable started');
  });

  test('a new boot number in the GUIDs of one sensor ends the processes of the other', () => {
    const lineage = lineageOf([
      start(0, 100, SVCHOST, { product: 'windows-security' }),
      start(10, 500, CHROME, { guid: guid(10, 9, 7) }),
      start(600, 500, CHROME, { guid: guid(600, 2, 8) }),
      start(900, 200, CMD, from(100, SVCHOST, { id: 'child', product: 'windows-security' })),
    ]);
    expect(parentText(lineage, 'child')).toContain('claimed claimed');
  });

  test('a reverted snapshot: the same boot and sequence with another second is another process', () => {
    const lineage = lineageOf([
      start(0, 100, WORD, { guid: guid(0, 40, 7) }),
      start(500, 100, CMD, { guid: guid(500, 40, 7) }),
      start(
        501,
        200,
        CHROME,
        from(100, CMD, { id: 'child', guid: guid(501, 41, 7), parentGuid: guid(500, 40, 7) }),
      ),
    ]);
    expect(parentText(lineage, 'child')).toBe(`exact started ${CMD} (100)`);
    expect(lineage.size).toBe(3);
  });
});

describe('grades', () => {
  test('exact by GUID, whatever was reused, also across the order of the log', () => {
    const lineage = lineageOf([
      start(9, 200, CMD, from(100, WORD, { id: 'child', guid: guid(9, 3), parentGuid: guid(0, 1) })),
      start(0, 100, WORD, { guid: guid(0, 1) }),
    ]);
    expect(parentText(lineage, 'child')).toBe(`exact started ${WORD} (100)`);
    expect(reasonsOf(lineage, 'child')).toEqual(
      ['guid-named', 'image-agrees', 'end-unknown', 'same-boot', 'sequence-agrees'].sort(byTable),
    );
  });

  test('a GUID whose bearer had ended, or bears a later sequence number, is doubted and kept', () => {
    const lineage = lineageOf([
      start(0, 100, WORD, { id: 'p', guid: guid(0, 1) }),
      end(20, 100, WORD, { guid: guid(0, 1) }),
      start(60, 200, CMD, from(100, WORD, { id: 'child', guid: guid(60, 3), parentGuid: guid(0, 1) })),
    ]);
    const { edge } = processOf(lineage, 'child');
    expect(edge.grade).toBe('ambiguous');
    expect(lineage.process(edge.parent ?? -1).basis).toBe('claimed');
    expect(edge.candidates.at(-1)).toMatchObject({
      process: processOf(lineage, 'p').index,
      against: [{ code: 'ended-before' }],
    });
  });

  test('a GUID whose bearer is another program than the child claims is doubted', () => {
    const lineage = lineageOf([
      start(0, 100, CHROME, { guid: guid(0, 1) }),
      start(60, 200, CMD, from(100, WORD, { id: 'child', guid: guid(60, 3), parentGuid: guid(0, 1) })),
    ]);
    expect(parentText(lineage, 'child')).toBe(`ambiguous started ${CHROME} (100)`);
    const [against] = processOf(lineage, 'child').edge.candidates[0]?.against ?? [];
    expect(against).toEqual({ code: 'image-differs', detail: `${WORD} / ${CHROME}` });
  });

  test('a parent known by its GUID only is claimed, with the second of its start', () => {
    const lineage = lineageOf([
      start(0, 300, CHROME),
      start(60, 200, CMD, from(100, WORD, { id: 'child', guid: guid(60, 30), parentGuid: guid(-3600, 1) })),
    ]);
    const { edge } = processOf(lineage, 'child');
    expect(edge.grade).toBe('claimed');
    expect(edge.reasons.map(({ code }) => code)).toContain('before-the-log');
    expect(lineage.process(edge.parent ?? -1)).toMatchObject({
      id: `ws01.example|${guid(-3600, 1)}`,
      start: at(-3600),
      startFrom: 'guid',
      image: WORD,
    });
  });

  test('a lone candidate is ambiguous where starts were lost, and a claimed parent names the gap', () => {
    const rows = [
      start(0, 100, SVCHOST),
      start(1, 104, SVCHOST),
      start(60, 200, CMD, from(100, SVCHOST, { id: 'lone' })),
      end(30, 108, CMD),
      start(61, 204, CMD, from(108, WORD, { id: 'claimed' })),
    ];
    expect(parentText(lineageOf(rows), 'lone')).toContain('probable');
    const loss = { windows: [{ from: at(40), to: at(70), of: 'both', why: 'gap' } as const] };
    const lineage = lineageOf(rows, { loss });
    expect(parentText(lineage, 'lone')).toBe(`ambiguous started ${SVCHOST} (100)`);
    expect(reasonsOf(lineage, 'lone')).toContain('loss-at-that-time');
    expect(reasonsOf(lineage, 'claimed')).toContain('in-a-gap');
  });

  test('nothing is said of a parent', () => {
    const lineage = lineageOf([start(0, 100, CMD, { id: 'alone' })]);
    expect(reasonsOf(lineage, 'alone')).toEqual(['says-nothing-of-parent']);
  });

  test('two holders within what two clocks may differ: several candidates', () => {
    const other = { product: 'windows-security' };
    const lineage = lineageOf([
      start(0, 100, CMD),
      end(59.5, 100, CMD),
      start(60.5, 100, CMD),
      start(60, 200, WORD, from(100, CMD, { id: 'child', ...other })),
    ]);
    const { edge } = processOf(lineage, 'child');
    expect(edge.grade).toBe('ambiguous');
    expect(edge.candidates).toHaveLength(2);
  });
});

describe('two sensors on one host', () => {
  const security = { product: 'windows-security' };

  test('one process, with what each said of it', () => {
    const lineage = lineageOf([
      start(0, 100, WORD, {
        id: 's',
        guid: guid(0, 1),
        commandLine: '"WINWORD.EXE" a.doc',
        user: 'CORP\\alice',
        logonId: '0x3e7',
      }),
      start(0.9, 100, 'c:\\office\\winword.exe', {
        ...security,
        id: 'w',
        commandLine: '"WINWORD.EXE" a.doc ',
        user: 'alice',
        logonId: '0x3e7',
        integrityLevel: 'high',
      }),
      end(50, 100, WORD, { guid: guid(0, 1) }),
      end(50.8, 100, WORD, security),
    ]);
    expect(lineage.size).toBe(1);
    expect(lineage.process(0)).toMatchObject({
      start: at(0),
      end: at(50),
      integrityLevel: 'high',
      user: 'CORP\\alice',
      disagreements: [],
    });
    expect(lineage.process(0).seenBy).toHaveLength(4);
  });

  test('what they disagree on is kept: a spoofed parent', () => {
    const same = { commandLine: 'cmd /c x', logonId: '0x99' };
    const lineage = lineageOf([
      start(-9, 400, WORD, { guid: guid(-9, 1) }),
      start(-8, 500, SVCHOST, { guid: guid(-8, 2) }),
      start(0, 100, CMD, from(400, WORD, { id: 's', guid: guid(0, 5), parentGuid: guid(-9, 1), ...same })),
      start(0.2, 100, CMD, from(500, SVCHOST, { ...security, ...same })),
    ]);
    const { process, edge } = processOf(lineage, 's');
    expect(
      process.disagreements.map(({ field, values }) => [field, values.map(({ value }) => value)]),
    ).toEqual([
      ['parentImage', [WORD, SVCHOST]],
      ['parentPid', ['400', '500']],
    ]);
    expect(edge.grade).toBe('ambiguous');
    expect(edge.reasons.map(({ code }) => code)).toContain('sensors-disagree');
    expect(edge.candidates.map((each) => lineage.process(each.process).image)).toEqual([WORD, SVCHOST]);
  });

  test('another program, or another command line, with the same process id is another process', () => {
    for (const other of [
      start(0.5, 100, CHROME, security),
      start(0.5, 100, CMD, { ...security, commandLine: 'cmd /b' }),
    ])
      expect(lineageOf([start(0, 100, CMD, { commandLine: 'cmd /a' }), other]).size).toBe(2);
  });

  test('a clock an hour and a zone ahead makes no second process', () => {
    const rows = Array.from({ length: 6 }, (_, number) => [
      start(number * 100, 100 + number * 4, CMD, {
        guid: guid(number * 100, number + 1),
        commandLine: `cmd /${number}`,
      }),
      start(number * 100 + 7200.3, 100 + number * 4, CMD, { ...security, commandLine: `cmd /${number}` }),
      end(number * 100 + 7210.3, 100 + number * 4, CMD, security),
    ]).flat();
    const lineage = lineageOf(rows);
    expect(lineage.size).toBe(6);
    expect(lineage.process(2)).toMatchObject({ start: at(200), end: at(7410.3) });
  });

  test('the start that one sensor lost is the other’s, by the second in the GUID', () => {
    const lineage = lineageOf([
      start(0.4, 100, WORD, { ...security, id: 'w' }),
      start(9, 200, CMD, from(100, WORD, { id: 'child', guid: guid(9, 5), parentGuid: guid(0, 4) })),
      end(20, 100, WORD, { guid: guid(0, 4) }),
    ]);
    expect(lineage.size).toBe(2);
    expect(parentText(lineage, 'child')).toBe(`probable started ${WORD} (100)`);
    expect(processOf(lineage, 'w').process).toMatchObject({ guid: guid(0, 4), end: at(20) });
  });

  test('one event that two shippers wrote down is one process', () => {
    const lineage = lineageOf([
      start(0, 100, CMD, security),
      start(0.0004, 100, CMD, security),
      end(9, 100, CMD, security),
      end(9, 100, CMD, security),
    ]);
    expect(lineage.size).toBe(1);
  });
});

describe('Linux', () => {
  test('exec without fork is one process with several images', () => {
    const lineage = lineageOf([
      start(0, 500, '/bin/bash', { product: 'auditd' }),
      start(1, 600, '/usr/bin/env', from(500, '/bin/bash', { product: 'auditd', id: 'e' })),
      start(1.2, 600, '/usr/bin/python3', from(500, '/bin/bash', { product: 'auditd' })),
      start(5, 700, '/bin/ls', from(600, '/usr/bin/python3', { product: 'auditd', id: 'child' })),
    ]);
    expect(lineage.size).toBe(3);
    expect(processOf(lineage, 'e').process).toMatchObject({
      image: '/usr/bin/python3',
      earlierImages: ['/usr/bin/env'],
      disagreements: [],
      start: at(1),
    });
    expect(parentText(lineage, 'child')).toBe('probable started /usr/bin/python3 (600)');
  });

  test('the same with a GUID, which survives exec', () => {
    const same = guid(1, 9);
    const lineage = lineageOf([
      start(1, 600, '/usr/bin/env', { guid: same, id: 'e' }),
      start(1.2, 600, '/usr/bin/python3', { guid: same }),
    ]);
    expect(lineage.size).toBe(1);
    expect(processOf(lineage, 'e').process.earlierImages).toEqual(['/usr/bin/env']);
  });
});

test('a process known only from what it did was seen running since', () => {
  const lineage = lineageOf([
    observed('activity', 10, 100, { image: WORD, guid: guid(-50, 3), id: 'a', until: at(20) }),
    observed('activity', 10, 104, { image: CHROME, id: 'b' }),
    start(30, 200, CMD, from(104, CHROME, { id: 'child' })),
  ]);
  expect(processOf(lineage, 'a').process).toMatchObject({ basis: 'seen', start: at(-50), startFrom: 'guid' });
  expect(parentText(lineage, 'child')).toBe(`claimed seen ${CHROME} (104)`);
  expect(processOf(lineage, 'b').process).toMatchObject({ start: at(10), startFrom: 'seen-since' });
});

test('ids are found again, and are the GUID where there is one', () => {
  const lineage = lineageOf([
    start(0, 100, CMD, { guid: guid(0, 1) }),
    start(5, 104, CMD),
    start(5, 104, WORD),
  ]);
  const ids = Array.from({ length: lineage.size }, (_, index) => lineage.process(index).id);
  expect(new Set(ids).size).toBe(3);
  expect(ids[0]).toBe(`ws01.example|${guid(0, 1)}`);
  expect(ids.map((id) => lineage.find(id))).toEqual([0, 1, 2]);
  expect(() => lineage.process(3)).toThrow(RangeError);
});

test('the tolerance is the caller’s', () => {
  const rows = [start(0, 200, CMD, from(100, WORD, { id: 'child' })), start(3, 100, WORD)];
  expect(parentText(lineageOf(rows), 'child')).toContain('claimed');
  const tolerance = { sameSensor: 5n * TICKS_PER_SECOND, acrossSensors: 5n * TICKS_PER_SECOND };
  expect(parentText(lineageOf(rows, { tolerance }), 'child')).toContain('probable');
});

test('nothing observed is an empty lineage', () => {
  expect(lineageOf([])).toMatchObject({ size: 0, roots: [] });
});

const order = ['guid-named', 'image-agrees', 'end-unknown', 'same-boot', 'sequence-agrees'];
const byTable = (one: string, other: string) => order.indexOf(one) - order.indexOf(other);

test('of two sensors that name one parent, the one that tells more of it is believed', () => {
  const lineage = lineageOf([
    start(0, 100, CMD, { commandLine: 'cmd.exe /k one' }),
    start(60.4, 200, WORD, { product: 'windows-security', id: 'c', commandLine: 'w', ...from(100, CMD) }),
    start(60.5, 200, WORD, { commandLine: 'w', ...from(100, CMD, { parentCommandLine: 'cmd.exe /k one' }) }),
  ]);
  expect(reasonsOf(lineage, 'c')).toContain('command-line-agrees');
});

test('two processes that only one moment tells of have two ids', () => {
  const lineage = lineageOf([observed('activity', 8, 12, { image: WORD }), end(8, 12, CMD)]);
  expect(lineage.size).toBe(2);
  expect(lineage.process(0).id).not.toBe(lineage.process(1).id);
});
