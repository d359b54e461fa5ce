import type { Connection, Contact, Milliseconds } from './join-input.ts';
import { firstFrom } from './proxy-endpoints.ts';

/** How far a request and the contact that opened its connection may be apart where no port tells. */
const AT_ONCE = 2_000;

/** The contact that opened a connection, so long before its request. */
export interface Coincidence {
  readonly contact: Contact;
  readonly apart: Milliseconds;
}

/**
 * Contacts with the proxy and requests of the same host, one to one, the nearest in time first: where a log has no ports, one
 * contact explains one request. Gives the contact of each connection by its index.
 */
export function coincidentContacts(
  connections: readonly Connection[],
  ofHost: ReadonlyMap<string, readonly number[]>,
  contactsOfHost: ReadonlyMap<string, readonly Contact[]>,
  isProxy: (proxy: string, contact: Contact) => boolean,
  offsetOf: (host: string, proxy: string) => Milliseconds,
): ReadonlyMap<number, Coincidence> {
  const found = new Map<number, Coincidence>();
  for (const [host, indexes] of ofHost) {
    const contacts = contactsOfHost.get(host);
    if (contacts === undefined) continue;
    const pairs: (Coincidence & { readonly connection: number })[] = [];
    for (const index of indexes) {
      const { start: logged, proxy, clientPort } = connections[index] as Connection;
      if (clientPort !== undefined) continue;
      const start = logged - offsetOf(host, proxy);
      for (let at = firstFrom(contacts, start - AT_ONCE); at < contacts.length; at++) {
        const contact = contacts[at] as Contact;
        if (contact.time > start + AT_ONCE) break;
        if (isProxy(proxy, contact)) pairs.push({ connection: index, contact, apart: start - contact.time });
      }
    }
    pairs.sort(
      (one, other) => Math.abs(one.apart) - Math.abs(other.apart) || one.connection - other.connection,
    );
    const taken = new Set<Contact>();
    for (const { connection, contact, apart } of pairs) {
      if (found.has(connection) || taken.has(contact)) continue;
      found.set(connection, { contact, apart });
      taken.add(contact);
    }
  }
  return found;
}
