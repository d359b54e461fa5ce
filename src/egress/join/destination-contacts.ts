import type { Connection, HostsOfClient, Milliseconds } from './join-input.ts';
import type { DestinationContacts } from './tier-three.ts';

/** Groups connections by host and destination; gives the group of a host and a destination. */
export function destinationContacts(
  connections: readonly Connection[],
  hosts: readonly HostsOfClient[],
  shared: ReadonlySet<string>,
  offsetOf: (host: string, proxy: string) => Milliseconds,
): (host: string, destination: string | undefined) => DestinationContacts | undefined {
  const groups = new Map<string, Map<string, DestinationContacts>>();
  /** The only host that asks for a destination; undefined where there are several. */
  const askers = new Map<string, string | undefined>();
  let id = 0;
  for (const [at, { destination, start, proxy }] of connections.entries()) {
    if (destination === undefined) continue;
    for (const host of hosts[at]?.hosts ?? []) {
      let ofHost = groups.get(host);
      if (ofHost === undefined) {
        ofHost = new Map();
        groups.set(host, ofHost);
      }
      const moment = start - offsetOf(host, proxy);
      const known = ofHost.get(destination);
      if (known === undefined) {
        ofHost.set(destination, { id: id++, first: moment, last: moment, count: 1, own: true });
        const isFirst = !askers.has(destination) || askers.get(destination) === host;
        askers.set(destination, isFirst ? host : undefined);
      } else {
        known.count++;
        if (moment < known.first) known.first = moment;
        if (moment > known.last) known.last = moment;
      }
    }
  }
  for (const ofHost of groups.values())
    for (const [destination, group] of ofHost)
      group.own = askers.get(destination) !== undefined && !shared.has(destination);
  return (host, destination) => (destination === undefined ? undefined : groups.get(host)?.get(destination));
}
