import { parseIsoTicks } from '../core/ticks.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import type { AnewReason, EarlierRun } from './earlier-run.ts';
import { EventFiles } from './event-files.ts';
import type { EventKey } from './event-key.ts';
import { emptyFolder, type FolderState, keepFiles } from './export-folder.ts';
import { type ExportScope, type Inventory, takeInventory } from './export-scope.ts';
import type { Journal } from './journal.ts';
import type { EventProgress } from './write-events.ts';
import { WriterThread } from './writer-thread.ts';

/** An export whose files are open: all of what is behind `progress` is still to be written. */
export interface BegunExport {
  /** That of the earlier run, where it is taken up. */
  readonly scope: ExportScope;
  readonly inventory: Inventory;
  readonly earlier: EarlierRun;
  readonly files: EventFiles;
  readonly progress: EventProgress;
  /** Whoever has the export closes it. */
  readonly writer: WriterThread;
}

export interface BeginOptions {
  readonly folder: string;
  readonly state: Exclude<FolderState, { readonly kind: 'finished' }>;
  readonly limits: QueryLimits;
  /** Called before what is there is read again. */
  readonly onCheck: (journal: Journal) => void;
}

/** Opens the files: those of an interrupted run where they are what its journal says, and else new ones. */
export async function beginExport(
  store: Store,
  scope: ExportScope,
  options: BeginOptions,
): Promise<BegunExport> {
  const { folder, state } = options;
  let earlier: EarlierRun = { kind: 'none' };
  if (state.kind === 'interrupted') {
    const { journal } = state;
    const taken = typeof journal === 'string' ? journal : await takeUp(store, journal, options);
    if (typeof taken !== 'string') return taken;
    earlier = { kind: 'begun-anew', reason: taken };
  }
  await emptyFolder(folder);
  const inventory = await takeInventory(store, scope);
  const writer = new WriterThread();
  return {
    scope,
    inventory,
    earlier,
    files: EventFiles.begin(folder, writer),
    progress: { events: 0, changed: 0, last: undefined },
    writer,
  };
}

/** Opens the files of a journal; gives why that cannot be. They are not cut before all is known to be right. */
async function takeUp(
  store: Store,
  journal: Journal,
  { folder, limits: { signal }, onCheck }: BeginOptions,
): Promise<BegunExport | AnewReason> {
  const scope = scopeOf(journal);
  const last: EventKey = { ...journal.last, time: BigInt(journal.last.time) };
  const { upToLast, ...inventory } = await takeInventory(store, scope, last);
  const wanted = journal.inventory;
  if (inventory.events !== wanted.events || inventory.digest !== wanted.digest || upToLast !== journal.events)
    return 'other-events';
  const paths = journal.files.map(({ path }) => path);
  if (!(await keepFiles(folder, paths))) return 'files-changed';
  onCheck(journal);
  signal?.throwIfAborted();
  const writer = new WriterThread();
  const stop = () => void writer.close(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  let files: EventFiles | undefined;
  try {
    files = await EventFiles.takeUp(folder, writer, journal.files);
  } finally {
    signal?.removeEventListener('abort', stop);
    if (files === undefined) await writer.close();
  }
  if (files === undefined) return 'files-changed';
  const { events, changed } = journal;
  return {
    scope,
    inventory,
    earlier: { kind: 'taken-up', events },
    files,
    progress: { events, changed, last },
    writer,
  };
}

function scopeOf({ scope, as_of }: Journal): ExportScope {
  const { hosts, addresses } = scope;
  const moment = (text: string) => parseIsoTicks(text) ?? 0n;
  return {
    hosts,
    addresses,
    earliest: moment(scope.earliest),
    latest: moment(scope.latest),
    asOf: moment(as_of),
  };
}
