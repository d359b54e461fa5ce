import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ingestSummary, runKeizu, temporaryFolder } from './run-keizu.ts';
import {
  exchange,
  exchangeWithinTls,
  request,
  requestAndLeave,
  type Seen,
  tunnel,
} from './squid-live/client.ts';
import {
  answering,
  type Behaviour,
  echoing,
  echoingTls,
  greeting,
  hangingUp,
  httpAnswer,
  type Origin,
  silent,
  startOrigin,
} from './squid-live/origin.ts';
import {
  freePort,
  passwordHelper,
  type RunningSquid,
  squidProgram,
  startSquid,
  textOf,
  until,
} from './squid-live/squid-process.ts';

const squid = squidProgram();
const helper = squid === undefined ? undefined : passwordHelper(squid);
if (squid === undefined || helper === undefined)
  process.stderr.write(
    'no Squid here, and none can be installed: its tests are skipped (KEIZU_SQUID names one)\n',
  );

/** What a client asks of the proxy at `port`, with the server at `at`. */
type Ask = (
  port: number,
  at: { readonly port: number; readonly origin: Origin | undefined },
) => Promise<Seen>;

interface Scenario {
  readonly name: string;
  /** Absent: nothing listens where the request goes. */
  readonly server?: Behaviour;
  readonly ask: Ask;
  readonly status: number;
  /** The verdict by the logformat with ports and counters, and by Squid's own formats, which say less. */
  readonly full: string;
  readonly plain: string;
}

const page = answering(httpAnswer('200 OK', 'content'));
const get =
  (host: string, headers: readonly string[] = []): Ask =>
  (proxy, { port }) =>
    request(proxy, { url: `http://${host}:${port}/a?b=c`, headers });
const connectTo =
  (host: string, ...within: readonly Parameters<typeof tunnel>[2][]): Ask =>
  (proxy, { port }) =>
    tunnel(proxy, `${host}:${port}`, within[0]);
const credentials = `Proxy-Authorization: Basic ${Buffer.from('haruka:secret').toString('base64')}`;
const received =
  (origin: Origin | undefined, sockets = 1) =>
  () =>
    (origin?.counted.connections ?? 0) >= sockets;

const scenarios: readonly Scenario[] = [
  { name: 'a page', server: page, ask: get('origin.test'), status: 200, full: 'C', plain: 'C' },
  {
    name: 'an upload',
    server: page,
    ask: (proxy, { port }) =>
      request(proxy, { url: `http://origin.test:${port}/up`, body: 'x'.repeat(5_000) }),
    status: 200,
    full: 'C',
    plain: 'C',
  },
  {
    name: "the server's own 404",
    server: answering(httpAnswer('404 Not Found', 'no')),
    ask: get('origin.test'),
    status: 404,
    full: 'C',
    plain: 'C',
  },
  {
    name: "the server's own 403",
    server: answering(httpAnswer('403 Forbidden', 'no')),
    ask: get('origin.test'),
    status: 403,
    full: 'C',
    plain: 'C',
  },
  {
    name: 'a redirection by the server',
    server: answering(httpAnswer('302 Found', '', 'Location: http://origin.test/')),
    ask: get('origin.test'),
    status: 302,
    full: 'C',
    plain: 'C',
  },
  {
    name: "the server's own 503",
    server: answering(httpAnswer('503 Service Unavailable', 'no')),
    ask: get('origin.test'),
    status: 503,
    full: 'C',
    plain: 'U',
  },
  { name: 'denied by a rule', server: page, ask: get('blocked.test'), status: 403, full: 'P', plain: 'P' },
  {
    name: 'a tunnel denied by a rule',
    server: echoing,
    ask: connectTo('blocked.test'),
    status: 403,
    full: 'P',
    plain: 'P',
  },
  {
    name: 'an answer denied on its way in',
    server: answering(httpAnswer('200 OK', 'secret', 'X-Secret: yes')),
    ask: get('origin.test'),
    status: 403,
    full: 'S',
    plain: 'S',
  },
  {
    name: 'credentials asked for',
    server: page,
    ask: get('secured.test'),
    status: 407,
    full: 'A',
    plain: 'A',
  },
  {
    name: 'credentials given',
    server: page,
    ask: get('secured.test', [credentials]),
    status: 200,
    full: 'C',
    plain: 'C',
  },
  {
    name: 'credentials asked for a tunnel',
    server: echoing,
    ask: connectTo('secured.test'),
    status: 407,
    full: 'A',
    plain: 'A',
  },
  { name: 'nothing listens', ask: get('origin.test'), status: 503, full: 'F', plain: 'U' },
  {
    name: 'nothing listens behind a tunnel',
    ask: connectTo('origin.test'),
    status: 503,
    full: 'F',
    plain: 'F',
  },
  { name: 'no such name', ask: get('name.invalid'), status: 503, full: 'F', plain: 'F' },
  { name: 'no such name for a tunnel', ask: connectTo('name.invalid'), status: 503, full: 'F', plain: 'F' },
  {
    name: 'the server takes the request and goes',
    server: hangingUp,
    ask: get('origin.test'),
    status: 502,
    full: 'S',
    plain: 'U',
  },
  {
    name: 'the client leaves before an answer',
    server: silent,
    ask: (proxy, { port, origin }) => requestAndLeave(proxy, `http://origin.test:${port}/`, received(origin)),
    status: 0,
    full: 'S',
    plain: 'T',
  },
  {
    name: 'a tunnel with bytes both ways',
    server: echoing,
    ask: connectTo('origin.test', exchange),
    status: 200,
    full: 'B',
    plain: 'U',
  },
  {
    name: 'a tunnel with TLS in it',
    server: echoingTls(),
    ask: connectTo('origin.test', exchangeWithinTls),
    status: 200,
    full: 'B',
    plain: 'U',
  },
  {
    name: 'a tunnel without bytes',
    server: silent,
    ask: connectTo('origin.test'),
    status: 200,
    full: 'O',
    plain: 'O',
  },
  {
    name: 'a tunnel with bytes out only',
    server: silent,
    ask: connectTo('origin.test', async (socket) => {
      await new Promise<void>((done) => socket.write('hello, server', () => done()));
    }),
    status: 200,
    full: 'S',
    plain: 'O',
  },
  {
    name: 'a tunnel in which the server speaks first',
    server: greeting,
    ask: connectTo('origin.test', (_, text) => until(() => text().length > 0, 'the greeting')),
    status: 200,
    full: 'U',
    plain: 'U',
  },
];

/** Connections as `keizu egress --format json` gives them. */
interface Connection {
  readonly port: number;
  readonly destination: string;
  readonly clientPort: number | null;
  readonly code: string;
  readonly reached: string;
  readonly out: string;
  readonly back: string;
  readonly user: string | null;
  readonly status: number;
  readonly reason: string;
}

const full =
  'logformat full %ts.%03tu %6tr %>a:%>p %Ss/%03>Hs %<st %>st %>sh %<sh %rm %>ru %[un %Sh/%<a:%<p %<Hs %err_code/%err_detail %<pt "%{User-Agent}>h"';

describe.skipIf(squid === undefined || helper === undefined)('a Squid, its clients and their servers', () => {
  const folder = temporaryFolder();
  // Squid's own account cannot look into a folder of another's.
  const logs = temporaryFolder();
  const told = new Map<
    string,
    { readonly seen: Seen; readonly port: number; readonly origin: Origin | undefined }
  >();
  const found = new Map<string, readonly Connection[]>();
  const origins: Origin[] = [];
  let running: RunningSquid | undefined;

  beforeAll(async () => {
    const hosts = join(logs, 'hosts');
    writeFileSync(hosts, '127.0.0.1 origin.test blocked.test secured.test\n');
    running = await startSquid(squid ?? '', logs, [
      `hosts_file ${hosts}`,
      // Nothing answers here: a name that is not in the file above has no address.
      'dns_nameservers 127.9.9.9',
      'dns_timeout 1 seconds',
      `auth_param basic program ${helper}`,
      'acl blocked dstdomain blocked.test',
      'acl secured dstdomain secured.test',
      'acl known proxy_auth REQUIRED',
      'acl secret rep_header X-Secret yes',
      'http_access deny blocked',
      'http_access deny secured !known',
      'http_access allow all',
      'http_reply_access deny secret',
      'http_reply_access allow all',
      full,
      `access_log stdio:${join(logs, 'full.log')} full`,
      `access_log stdio:${join(logs, 'native.log')} squid`,
      `access_log stdio:${join(logs, 'combined.log')} combined`,
    ]);
    for (const { name, server, ask } of scenarios) {
      const origin = server === undefined ? undefined : await startOrigin(server);
      if (origin !== undefined) origins.push(origin);
      const port = origin?.port ?? (await freePort());
      told.set(name, { seen: await ask(running.port, { port, origin }), port, origin });
    }
    // One more than was asked for: that the proxy listens was found out by a connection without a request.
    const lines = scenarios.length + 1;
    const written = (name: string) => textOf(join(logs, name)).split('\n').length - 1;
    for (const name of ['full.log', 'native.log', 'combined.log'])
      await until(() => written(name) >= lines, `${lines} lines in ${name}`);
    await running.close();
    for (const origin of origins) await origin.close();
    for (const [name, ...options] of [
      ['full', '--logformat', running.configuration],
      ['native'],
      ['combined'],
    ] as const) {
      const store = join(folder, name);
      await ingestSummary(store, join(logs, `${name}.log`), ...options);
      const { status, stdout, stderr } = await runKeizu(['egress', '--store', store, '--format', 'json']);
      expect([status, stderr]).toEqual([0, '']);
      const records = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      found.set(
        name,
        records.filter(({ kind }) => kind === 'connection'),
      );
    }
  }, 180_000);
  afterAll(async () => {
    await running?.close();
    for (const origin of origins) await origin.close();
  });

  /** The record of a scenario: every one has a port of its own. */
  const recordOf = (log: string, name: string): Connection => {
    const records = (found.get(log) ?? []).filter(({ port }) => port === told.get(name)?.port);
    expect([name, records.length]).toEqual([name, 1]);
    return records[0] as Connection;
  };

  test('the clients saw what the scenarios are meant to be', () => {
    const failed = (status: number) => (status >= 500 ? 'failed' : status);
    expect(scenarios.map(({ name }) => [name, failed(told.get(name)?.seen.status ?? 0)])).toEqual(
      scenarios.map(({ name, status }) => [name, failed(status)]),
    );
  });

  test.each(['full', 'native', 'combined'])(
    '%s: a record for every connection; the one that asked for nothing was only tried',
    (log) => {
      const ports = new Set([...told.values()].map(({ port }) => port));
      const others = (found.get(log) ?? []).filter(({ port }) => !ports.has(port));
      expect(found.get(log)?.length).toBe(scenarios.length + 1);
      expect(others.map(({ code, reached }) => [code, reached])).toEqual([['T', 'no']]);
    },
  );

  test.each(scenarios)(
    '$name: $full with ports and counters, $plain without',
    ({ name, full: code, plain }) => {
      const codes = ['full', 'native', 'combined'].map((log) => recordOf(log, name).code);
      expect(codes).toEqual([code, plain, plain]);
    },
  );

  test.each(['full', 'native', 'combined'])('%s: no bit says other than what the servers counted', (log) => {
    for (const { name } of scenarios) {
      const { reached, out, back } = recordOf(log, name);
      const { connections = 0, received: got = 0, sent = 0 } = told.get(name)?.origin?.counted ?? {};
      const wrong = [
        ['reached', reached, connections > 0],
        ['out', out, got > 0],
        ['back', back, sent > 0],
      ].filter(([, bit, truth]) => bit !== 'unknown' && (bit === 'yes') !== truth);
      expect([name, wrong]).toEqual([name, []]);
    }
  });

  test('with the client port in the logformat, each record has the port that the client had', () => {
    for (const { name } of scenarios) {
      expect([name, recordOf('full', name).clientPort]).toEqual([name, told.get(name)?.seen.port]);
      expect([name, recordOf('native', name).clientPort]).toEqual([name, null]);
    }
  });

  test('the user who gave credentials is named, and the one who was asked is not', () => {
    expect(recordOf('full', 'credentials given').user).toBe('haruka');
    expect(recordOf('full', 'credentials asked for').user).toBe(null);
  });
});
