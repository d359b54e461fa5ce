import { type HostProcesses, LIFE_TOLERANCE } from './host-processes.ts';
import type { Connection, Contact, EgressProcess } from './join-input.ts';
import type { AgainstReason, ForReason, MatchCandidate } from './match.ts';
import { imageName, plainUser, userAgentFits } from './user-agent.ts';

/** All contacts of a host with one destination, in the proxies' logs. */
export interface DestinationContacts {
  first: number;
  last: number;
  count: number;
  /** No other host asks for it: the lives of processes tell something of those that everybody asks for only. */
  own: boolean;
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
  if (contacts?.own === true) score += weighLife(process, contacts, reasons);
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

/** What the life of a process says, beside the times of all contacts of its host with a destination of its own. */
function weighLife(process: EgressProcess, contacts: DestinationContacts, reasons: ForReason[]): number {
  if (process.start === undefined) return 0;
  const after = contacts.first - process.start;
  if (after < -LIFE_TOLERANCE) return 0;
  let score = 0;
  if (contacts.count > 1 && (process.end === undefined || process.end >= contacts.last - LIFE_TOLERANCE)) {
    score += weights.everyContact;
    reasons.push({ kind: 'alive-at-every-contact', contacts: contacts.count });
  }
  if (after <= HOUR) {
    score += after <= FIVE_MINUTES ? weights.minutes : weights.hour;
    reasons.push({ kind: 'first-contact-after-start', after });
  }
  return score;
}

/** All processes of a host that were alive then and for which more speaks than against. */
export function candidatesByTime(
  connection: Connection,
  host: HostProcesses,
  contacts: DestinationContacts | undefined,
  coincident: Contact | undefined,
  background: Background,
): MatchCandidate[] {
  const found: MatchCandidate[] = [];
  const { start, user, userAgent } = connection;
  const consider = (index: number): void => {
    const candidate = weigh(index, connection, contacts, coincident, background);
    if (candidate !== undefined && candidate.score > 0) found.push(candidate);
  };
  if (user === undefined && userAgent === undefined && contacts?.own !== true) {
    if (coincident !== undefined && coincident.process >= 0) consider(coincident.process);
    return found;
  }
  const { indexes, ends } = host;
  const until = host.startedBy(start + LIFE_TOLERANCE);
  for (let at = 0; at < until; at++)
    if ((ends[at] as number) >= start - LIFE_TOLERANCE) consider(indexes[at] as number);
  return found;
}
