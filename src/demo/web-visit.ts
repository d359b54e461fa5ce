import type { CaseProcess } from './case-process.ts';
import { PROXY, type Site } from './company.ts';
import type { HostSimulation } from './host-simulation.ts';
import { networkConnect } from './sysmon-events.ts';

/** Writes that the process connected to the company's proxy. */
export function connectToProxy(host: HostSimulation, process: CaseProcess): void {
  host.sysmon(networkConnect(process, host.now, host.host, host.random.whole(49_152, 65_535), PROXY));
}

/** A tunnel through the proxy, logged when it closes. */
export function tunnel(host: HostSimulation, site: Site, pace: number): void {
  const elapsed = Math.round(host.random.exponential(20_000 * pace)) + 40;
  host.after(elapsed * 1000, () => {
    host.proxy({
      end: host.now,
      elapsedMs: elapsed,
      client: host.host.address,
      tag: 'TCP_TUNNEL',
      status: 200,
      bytes: 2_000 + Math.round(host.random.exponential(60_000)),
      method: 'CONNECT',
      url: `${site.name}:443`,
      hierarchy: `HIER_DIRECT/${site.address}`,
      mime: '-',
    });
  });
}

/** A tunnel that the proxy's rules forbid. */
export function deniedTunnel(host: HostSimulation, site: Site): void {
  host.proxy({
    end: host.now,
    elapsedMs: 0,
    client: host.host.address,
    tag: 'TCP_DENIED',
    status: 403,
    bytes: 3_912,
    method: 'CONNECT',
    url: `${site.name}:443`,
    hierarchy: 'HIER_NONE/-',
    mime: 'text/html',
  });
}
