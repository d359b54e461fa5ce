import type { Connection, Contact } from './join-input.ts';
import { firstFrom } from './proxy-endpoints.ts';

/** How far a request and the contact that opened its connection may be apart where no port tells. */
const AT_ONCE = 2_000;

/**
 * Contacts with the proxy and requests of the same host, one to one, the nearest in time first: where a log has no ports, one
 * contact explains one request. Gives the contact of each connection by its index.
 */
export function coincidentContacts(
  connections: readonly Connection[],
  ofHost: ReadonlyMap<string, readonly number[]>,
  contactsOfHost: ReadonlyMap<string, readonly Contact[]>,
  isProxy: (proxy: string, contact: Contact) => boolean,
): ReadonlyMap<number, Contact> {
  const found = new Map<number, Contact>();
  for (const [host, indexes] of ofHost) {
    const contacts = contactsOfHost.get(host);
    if (contacts === undefined) continue;
    const pairs: { readonly connection: number; readonly contact: Contact; readonly apart: number }[] = [];
    for (const index of indexes) {
      const { start, proxy, clientPort } = connections[index] as Connection;
      if (clientPort !== undefined) continue;
      for (let at = firstFrom(contacts, start - AT_ONCE); at < contacts.length; at++) {
        const contact = contacts[at] as Contact;
        if (contact.time > start + AT_ONCE) break;
        if (isProxy(proxy, contact))
          pairs.push({ connection: index, contact, apart: Math.abs(start - contact.time) });
      }
    }
    pairs.sort((one, other) => one.apart - other.apart || one.connection - other.connection);
    const taken = new Set<Contact>();
    for (const { connection, contact } of pairs) {
      if (found.has(connection) || taken.has(contact)) continue;
      found.set(connection, contact);
      taken.add(contact);
    }
  }
  return found;
}
