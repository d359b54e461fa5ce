import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSquidLine } from '../../../test/native-squid-line.ts';
import { sharedPath } from '../../../test/shared-data.ts';
import { verdictNames } from '../verdict.ts';
import { judgeSquid } from './squid.ts';

interface GoldenLine {
  readonly native: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly honest_verdict_from_native: string;
  readonly honest_verdict_from_extended: string;
}
interface GoldenCase {
  readonly case: string;
  readonly log_lines: readonly GoldenLine[];
  readonly truth: {
    readonly flow: Readonly<
      Record<'tcp_connection_reached_server' | 'out_bytes_reached_server' | 'back_bytes_left_server', boolean>
    >;
  };
}

const golden = sharedPath('golden', 'proxy', 'squid-real.jsonl');

function factsOf({ native, fields }: GoldenLine) {
  const line = readSquidLine(native);
  if (line === undefined) throw new Error(`no native line: ${native}`);
  const number = (name: string) => (/^\d+$/.test(fields[name] ?? '') ? Number(fields[name]) : undefined);
  const error = fields.err_code;
  return {
    ...line.facts,
    serverStatus: number('status_from_next_hop') ?? 0,
    fromClient: number('req_total'),
    fromClientHeaders: number('req_hdr'),
    toClient: number('reply_total'),
    toClientHeaders: number('reply_hdr'),
    reason: error === '-' ? undefined : error,
    requestWritten: fields.peer_response_ms !== '-',
  };
}

describe.skipIf(golden === undefined)('lines of a real Squid with the truth beside them', () => {
  const cases = (golden === undefined ? '' : readFileSync(golden, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as GoldenCase);
  const lines = cases.flatMap((each) => each.log_lines.map((line) => ({ name: each.case, line, each })));

  test('from the native format', () => {
    expect(lines.length).toBeGreaterThan(90);
    const judged = lines.map(({ name, line }) => [
      name,
      line.native,
      verdictNames[judgeSquid(readSquidLine(line.native)?.facts ?? {}).code],
    ]);
    expect(judged).toEqual(
      lines.map(({ name, line }) => [name, line.native, line.honest_verdict_from_native]),
    );
  });

  test('from a format with ports, bytes of both sides and error codes', () => {
    const judged = lines.map(({ name, line }) => [
      name,
      line.native,
      verdictNames[judgeSquid(factsOf(line)).code],
    ]);
    expect(judged).toEqual(
      lines.map(({ name, line }) => [name, line.native, line.honest_verdict_from_extended]),
    );
  });

  test('no bit says what the server did not see', () => {
    const bits = [
      ['reached', 'tcp_connection_reached_server'],
      ['out', 'out_bytes_reached_server'],
      ['back', 'back_bytes_left_server'],
    ] as const;
    const wrong = cases
      // The truth is of all lines of the case together: only a single line can be wrong about "no".
      .flatMap((each) =>
        each.log_lines.flatMap((line) =>
          [readSquidLine(line.native)?.facts ?? {}, factsOf(line)].map((facts) => ({
            each,
            line,
            verdict: judgeSquid(facts),
            only: each.log_lines.length === 1,
          })),
        ),
      )
      .flatMap(({ each, line, verdict, only }) =>
        bits
          .filter(([bit, truth]) =>
            verdict[bit] === 'yes'
              ? !each.truth.flow[truth]
              : verdict[bit] === 'no' && only && each.truth.flow[truth],
          )
          .map(([bit]) => [each.case, line.native, bit, verdict[bit], verdict.reason]),
      );
    expect(wrong).toEqual([]);
  });
});

describe('patterns that the recording does not have', () => {
  const native = (line: string) => {
    const { code, flags } = judgeSquid(readSquidLine(`1795284792.048      1 192.0.2.1 ${line}`)?.facts ?? {});
    return [code, ...flags].join(' ');
  };
  test.each([
    ['TCP_DENIED/000 0 GET http://b.test/ - HIER_NONE/- -', 'P'],
    ['TCP_DENIED_REPLY/403 3500 GET http://b.test/ - HIER_DIRECT/192.0.2.9 text/html', 'S'],
    ['TCP_TUNNEL/101 900 GET http://b.test/ws - HIER_DIRECT/192.0.2.9 -', 'B'],
    ['TCP_TUNNEL/503 0 CONNECT b.test:443 - HIER_DIRECT/192.0.2.9 -', 'F'],
    ['TCP_TUNNEL/500 5120 CONNECT b.test:443 - HIER_DIRECT/192.0.2.9 -', 'U'],
    ['TCP_TUNNEL/502 0 CONNECT b.test:443 - FIRSTUP_PARENT/192.0.2.9 -', 'F peer'],
    ['TCP_TUNNEL/200 2017 CONNECT b.test:22 - HIER_DIRECT/192.0.2.9 -', 'U in-only'],
    ['TCP_REFRESH_UNMODIFIED/200 812 GET http://b.test/ - HIER_DIRECT/192.0.2.9 text/html', 'B cache'],
    ['TCP_CF_MISS/200 812 GET http://b.test/ - HIER_DIRECT/192.0.2.9 text/html', 'C cache'],
    ['TCP_MISS/500 812 GET http://b.test/ - HIER_DIRECT/192.0.2.9 text/html', 'U'],
    ['TCP_MISS/200 812 GET http://b.test/ - ORIGINAL_DST/192.0.2.9 text/html', 'C'],
    ['TCP_MISS/200 812 GET http://b.test/ - SIBLING_HIT/192.0.2.9 text/html', 'C peer'],
    ['UDP_HIT/000 82 ICP_QUERY http://b.test/ - HIER_NONE/- -', 'U'],
  ])('%s', (line, expected) => expect(native(line)).toBe(expected));

  test('a user with a blank does not move the fields', () => {
    const line = readSquidLine(
      '1795284792.048   1000 192.0.2.1 TCP_MISS/200 812 GET http://b.test:8080/x bob smith HIER_DIRECT/192.0.2.9 text/html',
    );
    expect(line).toMatchObject({
      client: '192.0.2.1',
      user: 'bob smith',
      destination: 'b.test',
      serverAddress: '192.0.2.9',
      start: 17952847910480000n,
      end: 17952847920480000n,
      facts: { destinationPort: 8080, status: 200, toClient: 812 },
    });
  });
});
