import { describe, expect, test } from 'vitest';
import { mapped } from '../../test/mapped-event.ts';
import { formatTicks } from '../core/ticks.ts';
import { isZone, LocalZone } from './local-zone.ts';
import { givenZone, isZoneUnknown, zonedEvent } from './zoned-event.ts';

const leaseAt = (date: string, clock: string) =>
  mapped({ kind: 'text', raw: `10,${date},${clock},Assign,10.20.3.41,ws41,00155D0A1B2C,`, offset: 0 });

describe('times that do not say their zone', () => {
  test.each([
    ['Asia/Tokyo', '05/14/24', '09:42:31', '2024-05-14T00:42:31Z'],
    ['-05:30', '05/14/24', '09:42:31', '2024-05-14T15:12:31Z'],
    ['Europe/Berlin', '03/31/24', '01:59:59', '2024-03-31T00:59:59Z'],
    ['Europe/Berlin', '03/31/24', '03:00:00', '2024-03-31T01:00:00Z'],
    ['Europe/Berlin', '10/27/24', '01:59:59', '2024-10-26T23:59:59Z'],
    ['Europe/Berlin', '10/27/24', '03:00:00', '2024-10-27T02:00:00Z'],
  ])('%s: %s %s', (zone, date, clock, expected) => {
    const read = leaseAt(date, clock);
    expect(isZoneUnknown(read.timeSource)).toBe(true);
    const event = zonedEvent(read, new LocalZone(zone));
    expect(formatTicks(event.time, 0)).toBe(expected);
    expect(isZoneUnknown(event.timeSource)).toBe(false);
    // What is read again from the store is read in the same zone.
    expect(givenZone(event.timeSource)?.name).toBe(zone);
  });

  test('the end goes with the start', () => {
    const raw =
      '1,2024/05/14 18:42:31,0,TRAFFIC,end,1,2024/05/14 18:42:31,10.20.3.41,198.51.100.10,,,r,,,ssl,v,t,u,e,e,d,,1,1,50112,443,0,0,0,tcp,allow,9,3,6,2,2024/05/14 18:41:31,58';
    const event = zonedEvent(mapped({ kind: 'text', raw, offset: 0 }), new LocalZone('Asia/Tokyo'));
    expect(formatTicks(event.time, 0)).toBe('2024-05-14T09:41:31Z');
    expect(event.fields.end_time).toBe('2024-05-14T09:42:29.000Z');
  });

  test('a time that says its zone stays', () => {
    const squid = mapped({
      kind: 'text',
      raw: '1715679751.412     10 10.20.3.41 TCP_MISS/200 10 GET http://a.example/ - HIER_DIRECT/1.2.3.4 -',
      offset: 0,
    });
    expect(zonedEvent(squid, new LocalZone('Asia/Tokyo'))).toBe(squid);
    expect(givenZone(squid.timeSource)).toBeUndefined();
  });

  test('what is no zone', () => {
    for (const text of ['', 'Tokyo/Asia', '+9', '+15:00', 'GMT+09:00x']) expect(isZone(text)).toBe(false);
    expect(givenZone('x (local, zone given: Nowhere/Else)')).toBeUndefined();
  });
});
