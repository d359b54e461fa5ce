import { TICKS_PER_MILLISECOND, type Ticks } from '../src/core/ticks.ts';
import type { ProxyFacts } from '../src/egress/proxy-facts.ts';
import { readTarget } from '../src/egress/request-target.ts';

/** A line of Squid's native format. */
export interface SquidLine {
  /** When the line was written: the end of the transaction; and that minus what it took. */
  readonly end: Ticks;
  readonly start: Ticks;
  readonly client: string;
  readonly user: string | undefined;
  readonly url: string;
  readonly destination: string | undefined;
  readonly serverAddress: string | undefined;
  readonly mime: string | undefined;
  readonly facts: ProxyFacts;
}

// Anchored at both ends, since a user's name may have blanks.
const native =
  /^(\d{9,11})\.(\d{3}) +(-?\d{1,10}) (\S{1,64}) ([A-Z_]{1,60})\/(\d{3}) (\d{1,19}) (\S{1,40}) (\S+) (.{1,256}) ([A-Z_]{1,40})\/(\S{1,128}) (\S{1,200})\s*$/;

/** Reads `%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt`; undefined for any other line. */
export function readSquidLine(text: string): SquidLine | undefined {
  if (text.length > 70_000) return undefined;
  const found = native.exec(text);
  if (found === null) return undefined;
  const [, seconds = '', milliseconds = '', elapsed = '', client = '', tag = '', status = '', size = ''] =
    found;
  const [method = '', url = '', user = '', hierarchy = '', server = '', mime = ''] = found.slice(8);
  const end = BigInt(seconds + milliseconds) * TICKS_PER_MILLISECOND;
  const target = readTarget(url, method);
  return {
    end,
    start: end - BigInt(elapsed) * TICKS_PER_MILLISECOND,
    client,
    user: said(user),
    url,
    destination: target?.host,
    serverAddress: said(server),
    mime: said(mime),
    facts: {
      method,
      destinationPort: target?.port,
      status: Number(status),
      tag,
      hierarchy,
      toClient: Number(size),
    },
  };
}

function said(text: string): string | undefined {
  return text === '-' ? undefined : text;
}
