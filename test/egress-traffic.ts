import type { Connection, Contact, EgressProcess, JoinInput, Naming } from '../src/egress/join/join-input.ts';

/** What made-up traffic is like. Shares are from 0 to 1. */
export interface TrafficPlan {
  readonly seed: number;
  readonly hosts: number;
  readonly processesPerHost: number;
  readonly connections: number;
  /** Hours that it spreads over. */
  readonly hours: number;
  /** Connections of which the sensor has no event. */
  readonly lostContacts: number;
  /** Lines of the proxy without client ports. */
  readonly withoutPort: number;
  /** Connections whose destination the process named before. */
  readonly named: number;
  /** How far the sensors' clocks may be off, in ms. */
  readonly skew: number;
  /** Client ports of a host: few are used again soon. */
  readonly ports: number;
  /** Requests that go on an open connection. */
  readonly keepAlive: number;
}

export interface Traffic extends JoinInput {
  /** The process of each connection. */
  readonly truth: readonly number[];
  /** The clocks' true offsets by host: add to the sensor's time. */
  readonly offsets: ReadonlyMap<string, number>;
}

/** A small generator of even numbers (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const BEGIN = 1_715_000_000_000;
/** A port is not used again for this long: TIME_WAIT. */
const TIME_WAIT = 60_000;

/** Each process has its five sites; one in twenty processes has one that nobody else asks for. */
function siteOf(process: number, next: () => number): string {
  const choice = Math.floor(next() * 5);
  if (choice === 0 && process % 20 === 0) return `only-${process}.example`;
  return `site-${(process * 7 + choice * 131) % 400}.example`;
}

/** Made-up processes, their connections through a proxy, and what the sensors saw of it. */
export function makeTraffic(plan: TrafficPlan): Traffic {
  const next = random(plan.seed);
  const span = plan.hours * 3_600_000;
  const pick = (count: number) => Math.floor(next() * count);
  const processes: EgressProcess[] = [];
  const contacts: Contact[] = [];
  const namings: Naming[] = [];
  const connections: Connection[] = [];
  const truth: number[] = [];
  const offsets = new Map<string, number>();
  const images = ['chrome.exe', 'svchost.exe', 'powershell.exe', 'outlook.exe', 'regsvr32.exe', 'curl.exe'];
  const addresses = new Map<string, string>();
  /** By the true clock; what is given is by those of the sensors. */
  const lives: { readonly start: number; readonly end: number }[] = [];
  for (let number = 0; number < plan.hosts; number++) {
    const host = `ws-${number}.example`;
    addresses.set(`10.${number >> 8}.${number & 255}.9`, host);
    const offset = Math.round((next() * 2 - 1) * plan.skew);
    offsets.set(host, offset);
    for (let each = 0; each < plan.processesPerHost; each++) {
      const start = BEGIN + next() * span * 0.8;
      const image = images[pick(images.length)] as string;
      const end = start + 60_000 + next() * span * 0.4;
      processes.push({
        id: `${host}|${each}`,
        host,
        pid: 1000 + 4 * each,
        guid: undefined,
        image: `C:\\Programs\\${image}`,
        user: `EXAMPLE\\user${number}`,
        start: start - offset,
        end: end - offset,
      });
      lives.push({ start, end });
    }
  }
  const clients = [...addresses.keys()];
  /** When each port of each host becomes free. */
  const free = clients.map(() => new Map<number, number>());
  const perHost = Math.ceil(plan.connections / plan.hosts);
  for (const [number, client] of clients.entries()) {
    const host = addresses.get(client) as string;
    const offset = offsets.get(host) as number;
    const starts = Array.from({ length: perHost }, () => {
      const process = number * plan.processesPerHost + pick(plan.processesPerHost);
      const { start, end } = lives[process] as (typeof lives)[number];
      return { process, start: start + next() * (end - start) };
    }).sort((one, other) => one.start - other.start);
    const ports = free[number] as Map<number, number>;
    let last: { port: number; process: number; end: number } | undefined;
    for (const { process, start } of starts) {
      const end = start + 5 + next() * 4_000;
      let port: number;
      if (last !== undefined && next() < plan.keepAlive && start > last.end && start - last.end < 10_000) {
        port = last.port;
        truth.push(last.process);
        last = { ...last, end };
      } else {
        do port = 49_152 + pick(plan.ports);
        while ((ports.get(port) ?? 0) > start);
        truth.push(process);
        last = { port, process, end };
        if (next() >= plan.lostContacts)
          contacts.push({
            host,
            process,
            time: start - next() * 40 - offset,
            source: client,
            sourcePort: port,
            address: '10.255.0.1',
            port: 3128,
          });
      }
      ports.set(port, end + TIME_WAIT);
      const made = truth.at(-1) as number;
      const destination = siteOf(made, next);
      if (next() < plan.named)
        namings.push({
          process: made,
          time: Math.max(lives[made]?.start ?? 0, start - next() * 60_000) - offset,
          name: destination,
          via: next() < 0.5 ? 'dns' : 'script',
          url: undefined,
        });
      connections.push({
        proxy: 'proxy',
        start,
        end,
        client,
        clientPort: next() < plan.withoutPort ? undefined : port,
        destination,
        destinationPort: 443,
        serverAddress: undefined,
        url: `${destination}:443`,
        user: undefined,
        userAgent: undefined,
      });
    }
  }
  const hostsOf = new Map([...addresses].map(([address, host]) => [address, { sure: true, hosts: [host] }]));
  const nobody = { sure: false, hosts: [] };
  return {
    processes,
    contacts,
    namings,
    connections,
    truth,
    offsets,
    hostsOf: (client) => hostsOf.get(client) ?? nobody,
  };
}
