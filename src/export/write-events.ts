import { setImmediate } from 'node:timers/promises';
import type { QueryLimits, Store } from '../store/store.ts';
import { type CheckpointPace, Checkpoints } from './checkpoints.ts';
import type { EventFiles } from './event-files.ts';
import { type EventKey, isSameKey, keyOf } from './event-key.ts';
import { EventText } from './event-text.ts';
import type { ExportScope } from './export-scope.ts';
import { exportedBlocks } from './exported-event.ts';
import type { WrittenFile } from './file-sink.ts';
import type { TableForm } from './table-cell.ts';

/** How far the events of an export are. */
export interface EventProgress {
  /** Events in the files. */
  readonly events: number;
  /** Cells of theirs that the safe form of the table changed. */
  readonly changed: number;
  /** The last of them; undefined where there is none. */
  readonly last: EventKey | undefined;
}

export interface WriteEventsOptions {
  readonly files: EventFiles;
  readonly begun: EventProgress;
  readonly form: TableForm;
  readonly limits: QueryLimits;
  readonly pace: CheckpointPace;
  /** Notes how far it is; the files are on disk so far. */
  readonly keep: (progress: EventProgress, files: readonly WrittenFile[]) => Promise<void>;
  readonly onProgress: (events: number) => void;
}

/** Events after which others of this process have their turn. */
const turn = 512;

/**
 * Streams the events behind the last one once into the lines, the table and the raw texts; resolves when all is handed to the writer. In
 * bounded memory. Checkpoints are made where the key changes, so that none is missed or written twice however many have the same; one
 * more is made where the store fails or the signal stops it. Should the next event have the same key there, a later run finds out.
 */
export async function writeEvents(
  store: Store,
  scope: ExportScope,
  { files, begun, form, limits, pace, keep, onProgress }: WriteEventsOptions,
): Promise<EventProgress> {
  const { lines, table, others } = files;
  const checkpoints = new Checkpoints(pace, begun.events);
  let { events, changed, last } = begun;
  /** The key of the event before, where a checkpoint is due. */
  let due: EventKey | undefined;
  let isBetweenBlocks = true;
  const checkpoint = async (progress: EventProgress) => {
    const { onDisk } = await files.checkpoint();
    checkpoints.begin(
      events,
      onDisk.then((written) => keep(progress, written)),
    );
  };
  try {
    for await (const block of exportedBlocks(store, scope, limits, last)) {
      const text = new EventText(block, form);
      for (let row = 0; row < block.rows; row++) {
        isBetweenBlocks = false;
        if (due !== undefined && !isSameKey(due, keyOf(block, row))) {
          await checkpoint({ events, changed, last: due });
          due = undefined;
        }
        const fields = text.line(row, lines.text);
        changed += text.cells(row, fields, table.text);
        text.others(row, fields, others.text);
        const { sink: raw, sample } = files.raw(block, row);
        text.raw(row, raw.text);
        sample.take(block, row);
        events++;
        if (lines.add(1)) await lines.flush();
        if (table.add(1)) await table.flush();
        if (others.add(1)) await others.flush();
        if (raw.add(1)) await raw.flush();
        if (events % turn === 0) await setImmediate();
        if (checkpoints.isDue(events)) due = keyOf(block, row);
      }
      last = keyOf(block, block.rows - 1);
      isBetweenBlocks = true;
      onProgress(events);
    }
    await files.flush();
    await checkpoints.settled();
  } catch (error) {
    // One that is under way, and what has been written since, are of use to a later run.
    await checkpoints
      .settled()
      .then(() => (isBetweenBlocks ? checkpoint({ events, changed, last }) : undefined))
      .then(() => checkpoints.settled())
      .catch(() => undefined);
    throw error;
  }
  return { events, changed, last };
}
