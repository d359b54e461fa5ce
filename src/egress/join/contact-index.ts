import type { Contact } from './join-input.ts';

/** No key: an address that no contact has, or no port. */
const NONE = -1;

/** Contacts by the client's address and port, in order of time. Keys are numbers: there may be a million to look up. */
export class ContactIndex {
  readonly #addresses = new Map<string, number>();
  readonly #lists = new Map<number, Contact[]>();

  constructor(contacts: readonly Contact[]) {
    for (const contact of contacts) {
      let address = this.#addresses.get(contact.source);
      if (address === undefined) {
        address = this.#addresses.size;
        this.#addresses.set(contact.source, address);
      }
      const key = address * 65_536 + contact.sourcePort;
      const known = this.#lists.get(key);
      if (known === undefined) this.#lists.set(key, [contact]);
      else known.push(contact);
    }
    for (const list of this.#lists.values())
      if (list.length > 1) list.sort((one, other) => one.time - other.time || one.process - other.process);
  }

  /** The key of an address and port; negative where no contact can have it. */
  key(address: string, port: number | undefined): number {
    if (port === undefined) return NONE;
    const number = this.#addresses.get(address);
    return number === undefined ? NONE : number * 65_536 + port;
  }

  has(key: number): boolean {
    return this.#lists.has(key);
  }

  get(key: number): readonly Contact[] | undefined {
    return this.#lists.get(key);
  }
}

/** An address and a port as one text. */
export function endpoint(address: string, port: number): string {
  return `${address} ${port}`;
}
