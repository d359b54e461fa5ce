import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';
import type { FileEntry, FileRole } from './file-entry.ts';
import type { FileReason } from './file-reason.ts';
import type { SameContent } from './find-same-content.ts';
import { webAddresses } from './web-addresses.ts';

/** What an analyst asks of a file. */
export type FileQuestion = 'created' | 'downloaded' | 'run' | 'renamed' | 'deleted';

/** An answer of the ledger of what was collected; `src/coverage/` gives it. */
export interface CollectionAnswer {
  readonly kind: 'no' | 'not-collected' | 'not-certain';
  readonly reasons: readonly FileReason[];
}

export interface FileAnswer {
  readonly kind: 'yes' | CollectionAnswer['kind'];
  /** Indexes of the entries that say yes. */
  readonly entries: readonly number[];
  readonly reasons: readonly FileReason[];
}

/** Asks whether events of some classes could have been missed on a host in a span of time. */
export type AskCollection = (question: {
  readonly host: string;
  readonly eventClasses: readonly EventClass[];
  /** Null: as long as there is a log. */
  readonly from: Ticks | null;
  readonly to: Ticks | null;
}) => Promise<CollectionAnswer>;

/** Roles that say yes to a question, and the events that coverage is asked for where none does. */
const questions: Readonly<
  Record<
    Exclude<FileQuestion, 'renamed'>,
    { readonly roles: readonly FileRole[]; readonly eventClasses: readonly EventClass[] }
  >
> = {
  created: { roles: ['created'], eventClasses: ['file-create'] },
  downloaded: { roles: ['downloaded'], eventClasses: ['file-stream'] },
  run: { roles: ['run', 'loaded'], eventClasses: ['process-start', 'module-load'] },
  deleted: { roles: ['deleted'], eventClasses: ['file-delete'] },
};

/** Answers all that an analyst asks of a file, from its history on one host and from what was collected there. */
export async function answerFile(
  host: string,
  entries: readonly FileEntry[],
  sameContent: readonly SameContent[],
  ask: AskCollection | undefined,
): Promise<Readonly<Record<FileQuestion, FileAnswer>>> {
  const one = (question: Exclude<FileQuestion, 'renamed'>) => answerOne(question, host, entries, ask);
  return {
    created: await one('created'),
    downloaded: await one('downloaded'),
    run: await one('run'),
    renamed: renamed(sameContent),
    deleted: await one('deleted'),
  };
}

/** A file that is used exists: it was created before. */
const usingRoles: ReadonlySet<FileRole> = new Set([
  'run',
  'loaded',
  'time-changed',
  'accessed',
  'stream',
  'downloaded',
  'deleted',
]);

const MINUTE: Ticks = 60n * TICKS_PER_SECOND;

/** Long before any log, so that what lies before the log is asked for too. */
const LONG_AGO: Ticks = 0n;

/** When the answer to a question would have been recorded. */
function spanOf(
  question: Exclude<FileQuestion, 'renamed'>,
  entries: readonly FileEntry[],
): { readonly from: Ticks | null; readonly to: Ticks | null } {
  const created = entries.find(({ role }) => role === 'created')?.time;
  const used = entries.find(({ role }) => usingRoles.has(role) || role === 'named')?.time;
  switch (question) {
    case 'created':
      return { from: LONG_AGO, to: used === undefined ? null : used + TICKS_PER_SECOND };
    case 'downloaded':
      // The mark is written with the file.
      return created === undefined
        ? { from: LONG_AGO, to: used === undefined ? null : used + MINUTE }
        : { from: created - MINUTE, to: created + MINUTE };
    case 'run':
    case 'deleted':
      return { from: created ?? used ?? LONG_AGO, to: null };
  }
}

function renamed(sameContent: readonly SameContent[]): FileAnswer {
  const missing: FileReason = { kind: 'renames-not-recorded' };
  if (sameContent.length === 0) return { kind: 'not-collected', entries: [], reasons: [missing] };
  const others = sameContent.map(({ path, hash }): FileReason => ({ kind: 'same-content', path, hash }));
  return { kind: 'not-certain', entries: [], reasons: [...others, missing] };
}

async function answerOne(
  question: Exclude<FileQuestion, 'renamed'>,
  host: string,
  entries: readonly FileEntry[],
  ask: AskCollection | undefined,
): Promise<FileAnswer> {
  const { roles, eventClasses } = questions[question];
  const found = entries.flatMap(({ role }, at) => (roles.includes(role) ? [at] : []));
  if (found.length > 0) return { kind: 'yes', entries: found, reasons: [] };
  const { kind, reasons } = (await ask?.({ host, eventClasses, ...spanOf(question, entries) })) ?? unasked;
  const told =
    ownReason(question, entries) ??
    (question === 'downloaded' && kind === 'no' ? ({ kind: 'not-marked' } as const) : undefined);
  // What our own reason speaks against is no certain "no".
  return told === undefined
    ? { kind, entries: [], reasons }
    : { kind: kind === 'no' ? 'not-certain' : kind, entries: [], reasons: [told, ...reasons] };
}

const unasked: CollectionAnswer = {
  kind: 'not-certain',
  reasons: [{ kind: 'coverage-not-asked' }],
};

/** What the events themselves say against a "no". */
function ownReason(question: FileQuestion, entries: readonly FileEntry[]): FileReason | undefined {
  const named = entries.filter(({ role }) => role === 'named').length;
  if (question === 'run' && named > 0) return { kind: 'only-named', events: named };
  const beside = entries.filter(
    ({ role, summary }) => role === 'named' && webAddresses(summary).length > 0,
  ).length;
  if (question === 'downloaded' && beside > 0) return { kind: 'named-beside-address', events: beside };
  if (question === 'created' && entries.some(({ role }) => usingRoles.has(role)))
    return { kind: 'used-but-not-created' };
  return undefined;
}
