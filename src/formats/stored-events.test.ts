import { expect, test } from 'vitest';
import { faultsOf, readAll, recordsOf } from '../../test/read-format.ts';
import { storedEvents } from './stored-events.ts';

const line = (more: object = {}) =>
  JSON.stringify({
    _id: '00112233445566778899aabbccddeeff',
    _time: '2024-05-14T08:31:12.1234567Z',
    _indextime: '2024-05-15T00:00:00.0000000Z',
    index: 'main',
    host: 'a',
    source: 's',
    sourcetype: 't',
    _product: 'squid',
    _event_class: 'web',
    _time_source: 'time',
    _raw: 'as it came',
    Image: 'x',
    fields: { other: ['1', '2'] },
    ...more,
  });

test('an event comes back with its members, its fields and its raw text', async () => {
  expect(storedEvents.recognises(Buffer.from(line()))).toBe(true);
  expect(storedEvents.recognises(Buffer.from('{"_id":"x","_time":"now"}'))).toBe(false);
  const [record] = recordsOf(await readAll(storedEvents, `${line()}\n`));
  expect(record).toMatchObject({
    kind: 'stored-event',
    id: '00112233445566778899aabbccddeeff',
    product: 'squid',
    raw: 'as it came',
    envelope: { host: 'a', index: 'main', indexTime: '2024-05-15T00:00:00.0000000Z' },
  });
  expect({ ...(record?.kind === 'stored-event' ? record.fields : {}) }).toEqual({
    Image: 'x',
    other: ['1', '2'],
  });
});

test('a line that is no event is a fault, and reading goes on', async () => {
  const items = await readAll(
    storedEvents,
    `${line()}\n{"a":1}\n${line({ _time: 'never' })}\nno\n${line()}\n`,
  );
  expect(faultsOf(items).map(({ code }) => code)).toEqual([
    'bad-structure',
    'bad-structure',
    'bad-structure',
  ]);
  expect(recordsOf(items).length).toBe(2);
});
