import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrival, mapped } from '../../../test/mapped-event.ts';
import { formatTicks } from '../../core/ticks.ts';
import { eventOf } from '../registry.ts';
import { parseLogformat } from './logformat-parse.ts';
import { formatOf, userFormats } from './squid-formats.ts';
import { timeForm } from './time-form.ts';

const read = (raw: string) => mapped({ kind: 'text', raw, offset: 0 });
const native =
  '1715679751.412   1204 10.20.3.41 TCP_TUNNEL/200 5120 CONNECT roster.example.net:443 - HIER_DIRECT/198.51.100.10 -';

describe('the native format', () => {
  test('gives names of the Information Model, and the start as the time', () => {
    const event = read(native);
    expect({ ...event.fields }).toEqual({
      action: 'allowed',
      bytes_in: '5120',
      dest: 'roster.example.net',
      dest_host: 'roster.example.net',
      dest_ip: '198.51.100.10',
      dest_port: '443',
      duration: '1204',
      end_time: '2024-05-14T09:42:31.412Z',
      hierarchy: 'HIER_DIRECT',
      http_method: 'CONNECT',
      next_hop: '198.51.100.10',
      src: '10.20.3.41',
      src_ip: '10.20.3.41',
      status: '200',
      url: 'roster.example.net:443',
      url_domain: 'roster.example.net',
      vendor_action: 'TCP_TUNNEL',
      vendor_product: 'Squid',
    });
    expect(formatTicks(event.time, 3)).toBe('2024-05-14T09:42:30.208Z');
    expect(event).toMatchObject({ product: 'squid', host: 'unknown', timeSource: 'start (ts - tr)' });
  });

  test('has the client port where it was added, for IPv6 too', () => {
    const line = native.replace('10.20.3.41', '2001:db8::41:50112');
    expect(read(line).fields).toMatchObject({ src_ip: '2001:db8::41', src_port: '50112' });
  });

  test('keeps the blanks of a user', () => {
    expect(read(native.replace(' - HIER', ' bob smith HIER')).fields.user).toBe('bob smith');
    expect(read(native.replace(' - HIER', ' CORP\\bob HIER')).fields).toMatchObject({
      user: 'bob',
      user_domain: 'CORP',
    });
  });

  test('is read behind a syslog header, which names the proxy', () => {
    for (const header of [
      '<134>May 14 09:42:31 Proxy01 squid[812]: ',
      '<134>May 14 09:42:31 Proxy01 (squid-1)[812]: ',
      '<134>1 2024-05-14T09:42:31Z Proxy01 squid 812 - - ',
      'May 14 09:42:31 Proxy01 squid[812]: ',
      '2024-05-14T09:42:31+09:00 Proxy01 squid: ',
    ])
      expect(read(header + native), header).toMatchObject({
        product: 'squid',
        host: 'proxy01',
        raw: header + native,
        fields: { src_ip: '10.20.3.41', dvc: 'proxy01' },
      });
  });

  test('names a parent proxy as the next hop, and never as the destination', () => {
    const { fields } = read(native.replace('HIER_DIRECT/198.51.100.10', 'FIRSTUP_PARENT/10.0.0.9'));
    expect(fields).toMatchObject({ next_hop: '10.0.0.9', next_hop_is_peer: 'true' });
    expect(fields.dest_ip).toBeUndefined();
  });
});

test('columns that only the configuration names are left in the text, and the event says so', () => {
  const { fields } = read(`${native} splice roster.example.net "a b"`);
  expect(fields).toMatchObject({ dest_ip: '198.51.100.10', vendor_action: 'TCP_TUNNEL', bytes_in: '5120' });
  expect(fields.keizu_note).toContain('--logformat');
  expect(fields.http_content_type).toBeUndefined();
});

describe('headers that a client forged', () => {
  const combined = (referer: string, agent: string) =>
    `10.20.3.41 - bob [14/May/2024:18:42:31 +0900] "GET http://good.example/a?b HTTP/1.1" 403 3464 "${referer}" "${agent}" TCP_DENIED:HIER_NONE`;
  const outside = {
    src_ip: '10.20.3.41',
    user: 'bob',
    url: 'http://good.example/a?b',
    uri_query: 'b',
    status: '403',
    action: 'blocked',
    vendor_action: 'TCP_DENIED',
    hierarchy: 'HIER_NONE',
  };

  test('move no field outside them', () => {
    for (const forged of [
      '" 200 9 "x" TCP_MISS:HIER_DIRECT',
      '- - [14/May/2024:18:42:31 +0900] "GET http://evil.example/ HTTP/1.1" 200 1 "-" "-" TCP_MISS:HIER_DIRECT',
      '" "',
      '\\"',
    ]) {
      expect(read(combined(forged, 'agent')).fields, forged).toMatchObject(outside);
      expect(read(combined('http://r/', forged)).fields, forged).toMatchObject(outside);
    }
  });

  test('that cannot be told apart are left out, and the event says so', () => {
    const { fields } = read(combined('a" "b', 'c'));
    expect(fields).toMatchObject(outside);
    expect(fields.http_user_agent).toBeUndefined();
    expect(fields.http_referrer).toBeUndefined();
    expect(fields.keizu_note).toContain('%{User-Agent}>h');
  });

  test('that can be told apart are kept as they stand', () => {
    expect(read(combined('http://r/"q', 'evil" 200 1 "x\\ y')).fields).toMatchObject({
      http_referrer: 'http://r/"q',
      http_user_agent: 'evil" 200 1 "x\\ y',
    });
  });
});

test('headers of log_mime_hdrs are kept', () => {
  const line = `${native} [User-Agent: x y%0d%0aHost: a%0d%0a] [HTTP/1.1 200 OK%0d%0a]`;
  expect(read(line).fields).toMatchObject({
    request_headers: 'User-Agent: x y%0d%0aHost: a%0d%0a',
    response_headers: 'HTTP/1.1 200 OK%0d%0a',
    dest_ip: '198.51.100.10',
  });
});

describe('what is none of Squid’s', () => {
  test.each([
    '10.0.0.1 - - [14/May/2024:18:42:31 +0900] "GET / HTTP/1.1" 200 12 "-" "curl/8"',
    '1715679751.412 something else',
    '1715679751.412   1204 10.20.3.41 TCP_TUNNEL/200 5120 CONNECT',
    'type=SYSCALL msg=audit(1715679751.412:1): arch=c000003e',
    'key:value TCP_MISS:HIER_NONE',
  ])('%s', (raw) => expect(read(raw).product).not.toBe('squid'));
});

describe('a format of the user', () => {
  const withFormat = (text: string, raw: string) => {
    const parsed = parseLogformat(text);
    if ('message' in parsed) throw new Error(parsed.message);
    const made = eventOf(
      { kind: 'text', raw, offset: 0 },
      { arrival, origin: 'o', squidFormats: [formatOf('own', parsed)] },
    );
    if ('kind' in made) throw new Error(made.message);
    return made;
  };

  test('of a line in squid.conf', () => {
    const event = withFormat(
      'logformat own %tg %>A %>p "%{User-Agent}>h" %rm %>ru %>Hs %Ss %{x}note',
      '14/May/2024:09:42:31 +0000 ws41.example 50112 "Mozilla/5.0 (x)" GET http://a.example/?q 200 TCP_MISS beacon',
    );
    expect(event.fields).toMatchObject({
      src: 'ws41.example',
      src_port: '50112',
      http_user_agent: 'Mozilla/5.0 (x)',
      url: 'http://a.example/?q',
      squid_note_x: 'beacon',
    });
    expect(event.fields.src_ip).toBeUndefined();
    expect(event.timeSource).toBe('end (tg, whole seconds)');
  });

  test('tells what is wrong with it', () => {
    expect(parseLogformat('nothing')).toMatchObject({ message: expect.stringContaining('no format code') });
    expect(parseLogformat('%ts%tu')).toMatchObject({ message: expect.stringContaining('nothing between') });
    expect(parseLogformat('% x')).toMatchObject({ message: expect.stringContaining('no format code') });
  });

  test('any text is a format or a problem, and reads any line without an exception', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '%',
        '%ts',
        '%>a',
        '%{',
        '}',
        '"',
        '%[un',
        ' ',
        '%6tr',
        '%<st',
        '%ru',
        '%{A}>h',
        '%zz',
        '\\',
        '(',
        '[',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.string(), (pieces, line) => {
        const parsed = parseLogformat(pieces.join(''));
        if ('parts' in parsed) formatOf('x', parsed).read(line);
      }),
    );
  });
});

test('any line ends without an exception, and in bounded time', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ' ',
      '"',
      '[',
      ']',
      '-',
      '" "',
      ' TCP_MISS/200 ',
      ' HIER_NONE/- ',
      '1715679751.412',
      '[14/May/2024:18:42:31 +0900] "',
    ),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      eventOf({ kind: 'text', raw: pieces.join(''), offset: 0 }, { arrival, origin: 'o' });
    }),
  );
  for (const repeated of ['" "', ' [x] "', ' HIER_DIRECT/1', '1 ', '"a" 200 1 "', '] ['])
    for (const head of [
      native.slice(0, -2),
      `10.0.0.1 - - [14/May/2024:18:42:31 +0900] "GET http://a/ HTTP/1.1" 200 1 "`,
    ])
      read(`${head}${repeated.repeat(200_000 / repeated.length)} TCP_MISS:HIER_NONE`);
});

describe('times in a form of the user’s own', () => {
  const read = (definition: string, raw: string) => {
    const event = eventOf(
      { kind: 'text', raw, offset: 0 },
      { arrival: 0n, origin: 'x.log', squidFormats: userFormats([definition]) },
    );
    if ('kind' in event) throw new Error(event.message);
    return event;
  };
  const rest = '%>a:%>p %Ss/%>Hs %<st %rm %ru "%{User-Agent}>h" %un';
  const said = '10.20.3.41:50112 TCP_TUNNEL/200 39 CONNECT [2001:db8::5]:443 "a b" bob smith';

  test.each([
    ['%{%Y-%m-%dT%H:%M:%S%z}tl', '2024-05-14T18:42:31+0900', '2024-05-14T09:42:31Z', 'tl, whole seconds'],
    ['%tl{%F %T}', '2024-05-14 18:42:31', '2024-05-14T18:42:31Z', 'zone unknown'],
    ['%{%b %e %Y %I:%M:%S %p}tl', 'May  4 2024 06:42:31 PM', '2024-05-04T18:42:31Z', 'zone unknown'],
    ['%{%d.%m.%y %H:%M}tg', '14.05.24 09:42', '2024-05-14T09:42:00Z', 'tg'],
  ])('%s', (form, written, expected, source) => {
    for (const [definition, raw] of [
      [`${form} ${rest}`, `${written} ${said}`],
      [`${rest} ${form}`, `${said} ${written}`],
    ] as const) {
      const event = read(definition, raw);
      expect(event).toMatchObject({
        product: 'squid',
        fields: {
          src_ip: '10.20.3.41',
          src_port: '50112',
          dest_ip: '2001:db8::5',
          user: 'bob smith',
          http_user_agent: 'a b',
        },
      });
      expect(formatTicks(event.time, 0)).toBe(expected);
      expect(event.timeSource).toContain(source);
    }
  });

  test('a free text in front of Squid’s own form does not take a part of it', () => {
    expect(read(`${rest} %tl`, `${said} 14/May/2024:18:42:31 +0900`).fields.user).toBe('bob smith');
  });

  test('a format without a time has that of the syslog header around it', () => {
    const event = read(rest, `<13>1 2024-05-14T09:42:31Z gate01 squid 7 - - ${said}`);
    expect(event).toMatchObject({ product: 'squid', host: 'gate01', timeSource: 'syslog header' });
    expect(event.fields.src_port).toBe('50112');
  });

  test('what strftime knows and this does not is no time', () => {
    expect(read(`%ts.%03tu %{%c}tl ${rest}`, `1715679751.412 x y ${said}`).timeSource).toBe('end (ts)');
    for (const form of ['%H:%M', '%Y-%m-%d', '%Q', '%Y-%m-%d %I:%M']) expect(timeForm(form)).toBeUndefined();
    expect(timeForm('%Y-%m-%d %H:%M')?.iso('2024-05-14')).toBeUndefined();
  });
});
