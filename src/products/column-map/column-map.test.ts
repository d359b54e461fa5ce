import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrival } from '../../../test/mapped-event.ts';
import { jsonRecord, rowRecord } from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';
import { ColumnMapper } from './column-mapper.ts';
import { columnOf } from './map-tally.ts';
import { MapClock } from './map-time.ts';
import { readColumnMap } from './read-map.ts';

const text = JSON.stringify({
  name: 'acme-edr',
  time: { column: 'When', format: 'DD.MM.YYYY HH:mm:ss.SSS', zone: 'Asia/Tokyo' },
  host: 'Machine',
  class: { column: 'Kind', values: { Start: 'process-start', Conn: 'network' } },
  fields: {
    process_id: 'Pid',
    parent_process_id: 'PPid',
    process_path: 'Program',
    process: 'Command',
    user: 'Account',
    dest_ip: 'Peer',
  },
  constants: { vendor_product: 'Acme EDR' },
  process: { start: 'Born' },
  parent: { start: 'ParentBorn' },
});
const cells = {
  When: '14.05.2024 19:26:58.700',
  Machine: 'WS07',
  Kind: 'Start',
  Pid: '0x2274',
  PPid: '7344',
  Program: 'C:\\Windows\\System32\\cmd.exe',
  Command: 'cmd /c whoami',
  Account: 'CORP\\alice',
  Born: '14.05.2024 19:26:58.533',
  ParentBorn: '14.05.2024 19:26:41.207',
  Extra: 'kept',
};
const context = { arrival, origin: 'f.csv' };

function mapper(of = text): ColumnMapper {
  const { map, diagnostics } = readColumnMap(of);
  expect(diagnostics).toEqual([]);
  if (map === undefined) throw new Error('no map');
  return new ColumnMapper(map);
}

describe('a mapping', () => {
  test('makes events, in the zone that it names, with processes that are found again', () => {
    const mapping = mapper();
    const event = mapping.read(rowRecord(cells), context);
    expect(event).toMatchObject({
      product: 'acme-edr',
      sourcetype: 'acme-edr',
      source: 'f.csv',
      host: 'ws07',
      eventClass: 'process-start',
      timeSource: 'When',
      fields: {
        process_id: '8820',
        parent_process_id: '7344',
        process_name: 'cmd.exe',
        user: 'alice',
        user_domain: 'CORP',
        vendor_product: 'Acme EDR',
        Extra: 'kept',
        Pid: '0x2274',
      },
    });
    expect(formatTicks(event?.time ?? 0n, 3)).toBe('2024-05-14T10:26:58.700Z');
    const child = mapping.read(
      rowRecord({ ...cells, Pid: '9000', PPid: '8820', Born: cells.When, ParentBorn: cells.Born }),
      context,
    );
    expect(child?.fields.parent_process_guid).toBe(event?.fields.process_guid);
    expect(event?.fields.process_guid).toMatch(/-0000-2274-/);
  });

  test('tells what it mapped, what did not convert and what it left', () => {
    const mapping = mapper();
    mapping.read(rowRecord({ ...cells, Pid: 'none', Kind: 'Odd', When: 'yesterday' }), context);
    mapping.read(jsonRecord(cells), context);
    const { records, mapped, left, unknownClasses } = mapping.take();
    const counts = [...mapped].map(([key, { to, converted, failed, example }]) => [
      columnOf(key),
      to,
      converted,
      failed,
      example,
    ]);
    expect(records).toBe(2);
    expect(counts).toContainEqual(['When', 'time', 1, 1, 'yesterday']);
    expect(counts).toContainEqual(['Pid', 'process_id', 1, 1, 'none']);
    expect(counts).toContainEqual(['Kind', 'class', 1, 1, 'Odd']);
    expect([...left]).toEqual([['Extra', 2]]);
    expect([...unknownClasses]).toEqual([['Odd', 1]]);
    expect(mapping.take().records).toBe(0);
  });

  test('of a time that cannot be read says so', () => {
    expect(mapper().read(rowRecord({ ...cells, When: '' }), context)).toMatchObject({
      time: arrival,
      timeSource: 'arrival (When could not be read)',
    });
  });

  test('leaves what has no such column to the products', () => {
    expect(mapper().read(rowRecord({ Other: 'x' }), context)).toBeUndefined();
    expect(mapper().read({ kind: 'text', raw: 'When', offset: 0 }, context)).toBeUndefined();
  });

  test('takes any record without throwing', () => {
    const mapping = mapper();
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(cells), '__proto__', 'host', '_time'), fc.jsonValue()),
        (members) => {
          mapping.read(jsonRecord(members as Parameters<typeof jsonRecord>[0]), context);
          mapping.read(
            rowRecord(
              Object.fromEntries(
                Object.entries(members).map(([name, value]) => [name, JSON.stringify(value)]),
              ),
            ),
            context,
          );
        },
      ),
    );
  });
});

describe('times', () => {
  const read = (format: string, zone: string, written: string) => {
    const ticks = new MapClock({ column: 't', format, zone }).read(written);
    return ticks === undefined ? undefined : formatTicks(ticks, 0);
  };

  test.each([
    ['iso', 'UTC', '2024-05-14 10:26:58', '2024-05-14T10:26:58Z'],
    ['iso', '+09:00', '2024-05-14 19:26:58', '2024-05-14T10:26:58Z'],
    ['iso', 'Asia/Tokyo', '2024-05-14T10:26:58Z', '2024-05-14T10:26:58Z'],
    ['epoch', 'UTC', '1715682418533', '2024-05-14T10:26:58Z'],
    ['MM/DD/YYYY hh:mm:ss A', 'UTC', '5/14/2024 12:26:58 AM', '2024-05-14T00:26:58Z'],
    ['DD-MMM-YYYY HH:mm', 'Europe/Berlin', '14-May-2024 12:26', '2024-05-14T10:26:00Z'],
    // The hour after the clocks were changed, in winter time and in summer time.
    ['iso', 'Europe/Berlin', '2024-03-31 03:30:00', '2024-03-31T01:30:00Z'],
    ['iso', 'Europe/Berlin', '2024-03-31 01:30:00', '2024-03-31T00:30:00Z'],
  ])('%s in %s: %s', (format, zone, written, expected) => {
    expect(read(format, zone, written)).toBe(expected);
  });

  test('what does not fit is no time', () => {
    for (const written of ['', '31.02.2024 10:00', '14.05.2024', '1', 'x'.repeat(10_000)])
      expect(read('DD.MM.YYYY HH:mm', 'UTC', written)).toBeUndefined();
  });
});

describe('a wrong mapping', () => {
  const codes = (value: unknown) => {
    const written = typeof value === 'string' ? value : JSON.stringify(value);
    const { map, diagnostics } = readColumnMap(written);
    return {
      hasMap: map !== undefined,
      found: diagnostics.map(({ code, span }) => [code, written.slice(span?.start ?? 0, span?.end ?? 0)]),
    };
  };
  const good = { name: 'a', time: { column: 'T' }, class: 'process-start' };

  test('is told all at once, with its places', () => {
    expect(
      codes({ ...good, time: { column: 'T', format: 'HH:mm', zone: 'Mars' }, class: 'start', hosts: 'x' }),
    ).toEqual({
      hasMap: false,
      found: [
        ['unknown-member', '"hosts"'],
        ['unknown-format', '"format"'],
        ['unknown-zone', '"zone"'],
        ['unknown-class', '"class"'],
      ],
    });
    expect(codes({ name: 'a', class: { column: 'T', values: { x: 'y' } } }).found).toEqual([
      ['missing-member', '{'],
      ['unknown-class', '"x"'],
    ]);
    expect(codes({ ...good, fields: { _time: 'a', user: 7 } }).found).toEqual([
      ['reserved-field', '"_time"'],
      ['not-a-text', '"user"'],
    ]);
  });

  test('that is no JSON, or none at all', () => {
    expect(codes('{"name": }').found[0]?.[0]).toBe('not-json');
    expect(codes('[]').found).toEqual([['not-an-object', '[']]);
    expect(codes(' '.repeat(300_000)).found[0]?.[0]).toBe('too-large');
  });

  test('an unknown field is a warning, with what may be meant', () => {
    const { map, diagnostics } = readColumnMap(JSON.stringify({ ...good, fields: { ProcessPath: 'P' } }));
    expect(map).toBeDefined();
    expect(diagnostics).toMatchObject([
      { code: 'unknown-field', severity: 'warning', hint: 'is process_path meant?' },
    ]);
  });

  test('any text is read without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (written) => {
        const { map, diagnostics } = readColumnMap(written);
        expect(map === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
      }),
    );
  });
});
