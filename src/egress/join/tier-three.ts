import { imageName } from '../../lineage/image-name.ts';
import type { Contact, EgressProcess } from './join-input.ts';
import type { AgainstReason, ForReason, MatchCandidate } from './match.ts';
import { LIFE_TOLERANCE } from './process-life.ts';
import { imagesOfUserAgent, plainUser } from './user-agent.ts';

/** All contacts of a host with one destination, in the proxies' logs, by the clock of the host. */
export interface DestinationContacts {
  /** Tells groups apart; from 0. */
  readonly id: number;
  first: number;
  last: number;
  count: number;
  /** No other host asks for it: the lives of processes tell something of those that everybody asks for only. */
  own: boolean;
}

/** What a line says of who asked. */
export interface Asked {
  /** Lines that say the same have the same. */
  readonly id: number;
  /** Programs that call themselves so, in lower case; empty: nothing to be told. */
  readonly images: readonly string[];
  /** Without domain, in lower case; empty: not said. */
  readonly user: string;
}

/** Whether anything of a line may speak for a process. */
export function saysSomething({ images, user }: Asked, contacts: DestinationContacts | undefined): boolean {
  return images.length > 0 || user !== '' || contacts?.own === true;
}

/** Reads what lines say of who asked; a million lines have a few users and user agents. */
export class Askers {
  readonly #images = new Map<string, readonly string[]>();
  readonly #users = new Map<string, string>();
  readonly #known = new Map<readonly string[], Map<string, Asked>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  of(user = '', userAgent = ''): Asked {
    let images = this.#images.get(userAgent);
    if (images === undefined) {
      images = imagesOfUserAgent(userAgent);
      this.#images.set(userAgent, images);
    }
    let plain = this.#users.get(user);
    if (plain === undefined) {
      plain = plainUser(user);
      this.#users.set(user, plain);
    }
    let ofImages = this.#known.get(images);
    if (ofImages === undefined) {
      ofImages = new Map();
      this.#known.set(images, ofImages);
    }
    let asked = ofImages.get(plain);
    if (asked === undefined) {
      asked = { id: this.#size++, images, user: plain };
      ofImages.set(plain, asked);
    }
    return asked;
  }
}

/** What is the same for all connections of the join. */
export interface Background {
  readonly processes: readonly EgressProcess[];
  /** File names in lower case, and users without domain, of the processes. */
  readonly images: readonly string[];
  readonly users: readonly string[];
  /** How many contacts with a proxy the sensor recorded of each process. */
  readonly proxyContacts: Int32Array;
}

export function backgroundOf(
  processes: readonly EgressProcess[],
  contacts: readonly Contact[],
  isAnyProxy: (contact: Contact) => boolean,
): Background {
  const proxyContacts = new Int32Array(processes.length);
  for (const contact of contacts)
    if (contact.process >= 0 && isAnyProxy(contact))
      proxyContacts[contact.process] = (proxyContacts[contact.process] as number) + 1;
  return {
    processes,
    images: processes.map(({ image }) => (image === undefined ? '' : imageName(image).toLowerCase())),
    users: processes.map(({ user }) => (user === undefined ? '' : plainUser(user))),
    proxyContacts,
  };
}

/** What speaks for and against a process, a bit each, and what it weighs. */
const signs = {
  connectedThen: 1,
  userAgent: 2,
  user: 4,
  everyContact: 8,
  minutes: 16,
  hour: 32,
  otherUserAgent: 64,
  otherUser: 128,
  othersRecorded: 256,
} as const;

const weights: Readonly<Record<keyof typeof signs, number>> = {
  connectedThen: 8,
  userAgent: 4,
  user: 3,
  everyContact: 2,
  minutes: 3,
  hour: 2,
  otherUserAgent: -4,
  otherUser: -6,
  othersRecorded: -4,
};

const SPEAKS_FOR =
  signs.connectedThen | signs.userAgent | signs.user | signs.everyContact | signs.minutes | signs.hour;

/** The score of each combination of signs. */
const scores = Int8Array.from({ length: 512 }, (_, bits) =>
  (Object.keys(signs) as (keyof typeof signs)[]).reduce(
    (sum, name) => sum + ((bits & signs[name]) === 0 ? 0 : weights[name]),
    0,
  ),
);

/** What speaks against a process, by the bits of that; the same list for the same bits: a million matches have it. */
const allAgainst: readonly (readonly AgainstReason[])[] = Array.from({ length: 8 }, (_, bits) => [
  ...(bits & 1 ? (['user-agent-of-another-program'] as const) : []),
  ...(bits & 2 ? (['another-user'] as const) : []),
  ...(bits & 4 ? (['others-recorded-not-this'] as const) : []),
]);

function againstOf(bits: number): readonly AgainstReason[] {
  return allAgainst[(bits / signs.otherUserAgent) | 0] as readonly AgainstReason[];
}

const itsUserAgent: ForReason = { kind: 'user-agent' };
const itsUser: ForReason = { kind: 'user' };

const FIVE_MINUTES = 300_000;
const HOUR = 3_600_000;

/** What speaks for and against a process that was alive then, besides a name or a port; 0 where nothing speaks for it. */
function signsOf(
  index: number,
  { images, user }: Asked,
  contacts: DestinationContacts | undefined,
  isCoincident: boolean,
  background: Background,
): number {
  let found = isCoincident ? signs.connectedThen : 0;
  if (images.length > 0)
    found |= images.includes(background.images[index] as string) ? signs.userAgent : signs.otherUserAgent;
  const own = background.users[index] as string;
  if (user !== '')
    if (own === user) found |= signs.user;
    else if (own !== '') found |= signs.otherUser;
  if (contacts?.own === true) found |= lifeSigns(background.processes[index] as EgressProcess, contacts);
  if ((found & SPEAKS_FOR) === 0) return 0;
  return !isCoincident && (background.proxyContacts[index] as number) > 0
    ? found | signs.othersRecorded
    : found;
}

/** What the life of a process says, beside the times of all contacts of its host with a destination of its own. */
function lifeSigns({ start, end }: EgressProcess, contacts: DestinationContacts): number {
  if (start === undefined) return 0;
  const after = contacts.first - start;
  if (after < -LIFE_TOLERANCE) return 0;
  const every =
    contacts.count > 1 && (end === undefined || end >= contacts.last - LIFE_TOLERANCE)
      ? signs.everyContact
      : 0;
  return after > HOUR ? every : every | (after <= FIVE_MINUTES ? signs.minutes : signs.hour);
}

/** How old a process was at the first contact with a destination of its host alone; undefined where that tells nothing. */
export function ageAtFirst(
  index: number,
  contacts: DestinationContacts | undefined,
  { processes }: Background,
): number | undefined {
  const start = processes[index]?.start;
  if (contacts?.own !== true || start === undefined) return undefined;
  const age = contacts.first - start;
  return age < -LIFE_TOLERANCE || age > HOUR ? undefined : age;
}

/** How much speaks for a process; not positive where it is no candidate by time. */
export function scoreOf(
  index: number,
  asked: Asked,
  contacts: DestinationContacts | undefined,
  background: Background,
  isCoincident = false,
): number {
  return scores[signsOf(index, asked, contacts, isCoincident, background)] as number;
}

/**
 * What speaks for and against a process, alive at the time, besides a name or a port. Undefined where nothing speaks for it. `apart`:
 * it is recorded connecting to the proxy so long before the request.
 */
export function weigh(
  index: number,
  asked: Asked,
  contacts: DestinationContacts | undefined,
  apart: number | undefined,
  background: Background,
): MatchCandidate | undefined {
  const bits = signsOf(index, asked, contacts, apart !== undefined, background);
  if (bits === 0) return undefined;
  const reasons: ForReason[] = [];
  if (apart !== undefined) reasons.push({ kind: 'connected-then', apart });
  if (bits & signs.userAgent) reasons.push(itsUserAgent);
  if (bits & signs.user) reasons.push(itsUser);
  if (contacts !== undefined && bits & signs.everyContact)
    reasons.push({ kind: 'alive-at-every-contact', contacts: contacts.count });
  const after = ageAtFirst(index, contacts, background);
  if (after !== undefined) reasons.push({ kind: 'first-contact-after-start', after });
  return { process: index, score: scores[bits] as number, for: reasons, against: againstOf(bits) };
}
