import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { arrival, mapped } from '../../../test/mapped-event.ts';
import { sharedPath } from '../../../test/shared-data.ts';
import { formatTicks, parseIsoTicks } from '../../core/ticks.ts';
import { epochTicks } from '../proxy/access-time.ts';
import { eventOf } from '../registry.ts';
import { parseLogformat } from './logformat-parse.ts';
import { formatOf } from './squid-formats.ts';

type Recorded = Readonly<Record<string, string>>;
interface GoldenLine {
  readonly native: string;
  readonly common: string;
  readonly combined: string;
  readonly fields: Recorded;
}

const path = sharedPath('golden', 'proxy', 'squid-real.jsonl');
const lines: readonly (GoldenLine & { readonly name: string })[] =
  path === undefined
    ? []
    : readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .flatMap((text) => {
          const golden = JSON.parse(text) as { case: string; log_lines: GoldenLine[] };
          return golden.log_lines.map((line) => ({ ...line, name: golden.case }));
        });

const plain = (text: string | undefined) => (text === '-' ? undefined : text);
const number = (text: string | undefined) =>
  text === undefined || text === '-' ? undefined : String(Number(text));

/** What each form of a line must tell, by the truth beside it. */
function expected({ fields }: GoldenLine) {
  return {
    src_ip: fields.client_ip,
    vendor_action: fields.tag,
    status: number(fields.status_to_client),
    bytes_in: number(fields.reply_total),
    http_method: plain(fields.method),
    url: fields.url_logged,
    user: plain(fields.user),
    hierarchy: fields.hier,
  };
}

function text(raw: string) {
  return mapped({ kind: 'text', raw, offset: 0 });
}

describe.skipIf(path === undefined)('real lines of Squid', () => {
  test('are there', () => expect(lines.length).toBeGreaterThan(100));

  test.each(lines)('$name: native', (line) => {
    const event = text(line.native);
    expect(event).toMatchObject({
      product: 'squid',
      sourcetype: 'squid:access',
      eventClass: 'web',
      raw: line.native,
    });
    expect(event.fields).toMatchObject(definedOf(expected(line)));
    expect(absentOf(expected(line)).filter((name) => name in event.fields)).toEqual([]);
    expect(event.fields.next_hop).toBe(plain(line.fields.server_ip));
    expect(event.fields.http_content_type).toBe(plain(line.fields.mime));
    expect(event.timeSource).toBe('start (ts - tr)');
    const start = epochTicks(line.fields.start_epoch ?? '') ?? 0n;
    expect(Number(event.time - start) / 10_000).toBeGreaterThanOrEqual(-1);
    expect(Number(event.time - start) / 10_000).toBeLessThanOrEqual(1);
    expect(event.fields.end_time).toBe(formatTicks(epochTicks(line.fields.end_epoch ?? '') ?? 0n, 3));
  });

  test.each(lines)('$name: common', (line) => {
    const event = text(line.common);
    expect(event.fields).toMatchObject(definedOf(expected(line)));
    expect(event.timeSource).toBe('end (tl, whole seconds)');
    expect(event.time).toBe(((epochTicks(line.fields.end_epoch ?? '') ?? 0n) / 10_000_000n) * 10_000_000n);
  });

  test.each(lines)('$name: combined', (line) => {
    expect(text(line.combined).fields).toMatchObject(definedOf(expected(line)));
  });

  test.each(lines)('$name: a format of the user, with ports, both counts and error codes', (line) => {
    const event = eventOf(
      { kind: 'text', raw: rendered(line.fields), offset: 0 },
      { arrival, origin: 'o', squidFormats },
    );
    if ('kind' in event) throw new Error(event.message);
    const { fields } = line;
    const wanted = {
      ...expected(line),
      url: fields.url_full,
      src_port: number(fields.client_port),
      bytes_out: number(fields.req_total),
      bytes: number(fields.st_total),
      request_header_bytes: number(fields.req_hdr),
      response_header_bytes: number(fields.reply_hdr),
      server_status: number(fields.status_from_next_hop) ?? '0',
      next_hop_port: number(fields.server_port),
      error_code: plain(fields.err_code),
      error_detail: plain(fields.err_detail),
      ssl_bump_mode: plain(fields.bump_mode),
      ssl_server_name: plain(fields.sni),
      ssl_subject: plain(fields.cert_subject_srv),
      response_time: number(fields.peer_response_ms),
    };
    expect(event.fields).toMatchObject(definedOf(wanted));
    expect(absentOf(wanted).filter((name) => name in event.fields)).toEqual([]);
    expect(event.time).toBe(epochTicks(fields.start_epoch ?? ''));
  });
});

function definedOf(record: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function absentOf(record: Readonly<Record<string, string | undefined>>) {
  return Object.keys(record).filter((name) => record[name] === undefined);
}

const codes: readonly (readonly [code: string, field: string])[] = [
  ['%ts.%03tu', 'end_epoch'],
  ['%tS', 'start_epoch'],
  ['%6tr', 'tr_ms'],
  ['%>a', 'client_ip'],
  ['%>p', 'client_port'],
  ['%Ss', 'tag'],
  ['%03>Hs', 'status_to_client'],
  ['%<Hs', 'status_from_next_hop'],
  ['%>st', 'req_total'],
  ['%<st', 'reply_total'],
  ['%st', 'st_total'],
  ['%>sh', 'req_hdr'],
  ['%<sh', 'reply_hdr'],
  ['%rm', 'method'],
  ['%ru', 'url_logged'],
  ['%>ru', 'url_full'],
  ['%[un', 'user'],
  ['%Sh', 'hier'],
  ['%<a', 'server_ip'],
  ['%<p', 'server_port'],
  ['%<pt', 'peer_response_ms'],
  ['%mt', 'mime'],
  ['%err_code', 'err_code'],
  ['%err_detail', 'err_detail'],
  ['%ssl::bump_mode', 'bump_mode'],
  ['%ssl::>sni', 'sni'],
  ['"%ssl::<cert_subject"', 'cert_subject_srv'],
];
const definition = codes.map(([code]) => code).join(' ');
const parsed = parseLogformat(`logformat wide ${definition}`);
const squidFormats = 'message' in parsed ? [] : [formatOf('wide', parsed)];

function rendered(fields: Recorded): string {
  return codes
    .map(([code, field]) => {
      const value = fields[field] ?? '-';
      return code.startsWith('"') ? `"${value}"` : code === '%6tr' ? value.padStart(6) : value;
    })
    .join(' ');
}

test('the moments of this test are read', () => {
  expect(epochTicks('1795284792.048')).toBe(parseIsoTicks('2026-11-21T18:13:12.048Z'));
});
