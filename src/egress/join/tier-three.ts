import { type HostProcesses, LIFE_TOLERANCE } from './host-processes.ts';
import type { Connection, Contact, EgressProcess } from './join-input.ts';
import type { AgainstReason, ForReason, MatchCandidate } from './match.ts';
import { imageName, plainUser, userAgentFits } from './user-agent.ts';

/** All contacts of a host with one destination, in the proxies' logs. */
export interface DestinationContacts {
  first: number;
  last: number;
  count: number;
}

const weights = {
  connectedThen: 8,
  userAgent: 4,
  user: 3,
  everyContact: 2,
  minutes: 3,
  hour: 2,
  otherUserAgent: -4,
  otherUser: -6,
  othersRecorded: -4,
} as const;

const FIVE_MINUTES = 300_000;
const HOUR = 3_600_000;

/** What is the same for all connections of the join. */
export interface Background {
  readonly processes: readonly EgressProcess[];
  /** File names, and users without domain, of the processes. */
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
    images: processes.map(({ image }) => (image === undefined ? '' : imageName(image))),
    users: processes.map(({ user }) => (user === undefined ? '' : plainUser(user))),
    proxyContacts,
  };
}

/**
 * What speaks for and against a process, alive at the time, besides a name or a port. Undefined where nothing speaks for it.
 */
export function weigh(
  index: number,
  connection: Connection,
  contacts: DestinationContacts | undefined,
  coincident: Contact | undefined,
  background: Background,
): MatchCandidate | undefined {
  const process = background.processes[index] as EgressProcess;
  const reasons: ForReason[] = [];
  const against: AgainstReason[] = [];
  let score = 0;
  if (coincident?.process === index) {
    score += weights.connectedThen;
    reasons.push({ kind: 'connected-then', apart: connection.start - coincident.time });
  }
  const fits =
    connection.userAgent === undefined
      ? undefined
      : userAgentFits(connection.userAgent, background.images[index] as string);
  if (fits === true) {
    score += weights.userAgent;
    reasons.push({ kind: 'user-agent' });
  }
  const user = background.users[index];
  const asked = connection.user === undefined ? '' : plainUser(connection.user);
  if (asked !== '' && asked === user) {
    score += weights.user;
    reasons.push({ kind: 'user' });
  }
  if (contacts !== undefined && process.start !== undefined) {
    const after = contacts.first - process.start;
    if (after >= -LIFE_TOLERANCE) {
      if (
        contacts.count > 1 &&
        (process.end === undefined || process.end >= contacts.last - LIFE_TOLERANCE)
      ) {
        score += weights.everyContact;
        reasons.push({ kind: 'alive-at-every-contact', contacts: contacts.count });
      }
      if (after <= HOUR) {
        score += after <= FIVE_MINUTES ? weights.minutes : weights.hour;
        reasons.push({ kind: 'first-contact-after-start', after });
      }
    }
  }
  if (reasons.length === 0) return undefined;
  if (fits === false) {
    score += weights.otherUserAgent;
    against.push('user-agent-of-another-program');
  }
  if (asked !== '' && user !== '' && asked !== user) {
    score += weights.otherUser;
    against.push('another-user');
  }
  if (coincident?.process !== index && (background.proxyContacts[index] as number) > 0) {
    score += weights.othersRecorded;
    against.push('others-recorded-not-this');
  }
  return { process: index, score, for: reasons, against };
}

/** All processes of a host that were alive then and for which something speaks more than against. */
export function candidatesByTime(
  connection: Connection,
  host: HostProcesses,
  contacts: DestinationContacts | undefined,
  coincident: Contact | undefined,
  background: Background,
): MatchCandidate[] {
  const found: MatchCandidate[] = [];
  const { start, user, userAgent } = connection;
  const { indexes, ends, starts } = host;
  // Without a user or a user agent, only what started less than an hour before the first contact can score, or what connected.
  const only = user === undefined && userAgent === undefined;
  const many = (contacts?.count ?? 0) > 1;
  const from = only && !many && contacts !== undefined ? host.startedBy(contacts.first - HOUR - 1) : 0;
  const until = host.startedBy(start + LIFE_TOLERANCE);
  for (let at = from; at < until; at++) {
    if ((ends[at] as number) < start - LIFE_TOLERANCE) continue;
    if (only && many && contacts !== undefined) {
      const late = (starts[at] as number) > contacts.first + LIFE_TOLERANCE;
      if (late && coincident?.process !== indexes[at]) continue;
    }
    const candidate = weigh(indexes[at] as number, connection, contacts, coincident, background);
    if (candidate !== undefined && candidate.score > 0) found.push(candidate);
  }
  if (from > 0 && coincident !== undefined && coincident.process >= 0) {
    if (!found.some(({ process }) => process === coincident.process)) {
      const candidate = weigh(coincident.process, connection, contacts, coincident, background);
      if (candidate !== undefined && candidate.score > 0) found.push(candidate);
    }
  }
  return found;
}
