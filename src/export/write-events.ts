import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { exportNames } from '../formats/export-folder.ts';
import { RowSlices } from '../store/row-slices.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { writeLine, writeRaw, writeRow } from './event-text.ts';
import type { ExportScope } from './export-scope.ts';
import { cellNames, exportedBlocks, productColumn, rawColumn } from './exported-event.ts';
import { FileSink, type WrittenFile } from './file-sink.ts';
import { RawSample } from './raw-sample.ts';
import type { TableForm } from './table-cell.ts';
import type { WriterThread } from './writer-thread.ts';

export interface EventFiles {
  readonly events: number;
  /** Cells that the safe form of the table changes. */
  readonly changed: number;
  /** The files, when they are on disk; they have temporary names. */
  readonly files: Promise<readonly WrittenFile[]>;
  /** Gives them their names. */
  publish(): Promise<void>;
}

export interface WriteEventsOptions {
  readonly folder: string;
  readonly form: TableForm;
  readonly limits: QueryLimits;
  readonly writer: WriterThread;
  readonly onProgress: (events: number) => void;
}

/** Files of raw texts at most; more products share one. */
const mostRawFiles = 100;

/** Events after which others of this process have their turn. */
const turn = 512;

/** Streams the events once into the lines, the table and the raw texts; resolves when all is written. In bounded memory. */
export async function writeEvents(
  store: Store,
  scope: ExportScope,
  options: WriteEventsOptions,
): Promise<EventFiles> {
  const { folder, form, limits, writer, onProgress } = options;
  const sinks = new Sinks(folder, writer);
  const lines = sinks.at(exportNames.events);
  const table = sinks.at(exportNames.table);
  table.text.text(`${[...cellNames, 'fields'].join(',')}\r\n`);
  let events = 0;
  let changed = 0;
  for await (const block of exportedBlocks(store, scope, limits)) {
    const row = new RowSlices(block);
    while (row.next()) {
      const others = writeLine(row, lines.text);
      changed += writeRow(row, others, form, table.text);
      const { sink: raw, sample } = sinks.raw(row);
      writeRaw(row, raw.text);
      sample.take(row);
      events++;
      if (lines.add(1)) await lines.flush();
      if (table.add(1)) await table.flush();
      if (raw.add(1)) await raw.flush();
      if (events % turn === 0) await setImmediate();
    }
    onProgress(events);
  }
  await sinks.flush();
  const files = sinks.finish();
  // Whoever waits for them is told; until then a failure is nobody's.
  files.catch(() => undefined);
  await writer.idle();
  return { events, changed, files, publish: () => sinks.publish() };
}

/** How a raw text begins, and the ending of a file of such texts. */
const forms = [
  { start: Buffer.from('<Event'), ending: 'xml' },
  { start: Buffer.from('{'), ending: 'jsonl' },
] as const;

function endingOf({ block, starts }: RowSlices): string {
  const start = starts[rawColumn] as number;
  return forms.find((form) => form.start.every((code, at) => block[start + at] === code))?.ending ?? 'log';
}

interface RawFile {
  readonly sink: FileSink;
  readonly sample: RawSample;
}

/** The open files of an export. */
class Sinks {
  readonly #folder: string;
  readonly #writer: WriterThread;
  readonly #open = new Map<string, FileSink>();
  /** The one that was asked for last: events of a product come together. */
  #last: { readonly product: Buffer; readonly ending: string; readonly file: RawFile } | undefined;
  readonly #raw = new Map<string, RawFile>();

  constructor(folder: string, writer: WriterThread) {
    this.#folder = folder;
    this.#writer = writer;
  }

  at(name: string): FileSink {
    const sink = new FileSink(name, join(this.#folder, name), this.#writer);
    this.#open.set(name, sink);
    return sink;
  }

  /** The file of a raw text: by product, and by what the text is. */
  raw(row: RowSlices): RawFile {
    const { block, starts, ends } = row;
    const [start, end] = [starts[productColumn] as number, ends[productColumn] as number];
    const ending = endingOf(row);
    const last = this.#last;
    if (last?.ending === ending && last.product.compare(block, start, end) === 0) return last.file;
    const product = Buffer.from(block.subarray(start, end));
    const plain = product
      .toString()
      .replace(/[^a-z0-9-]/g, '_')
      .slice(0, 60);
    const file = this.#rawOf(plain || 'unknown', ending);
    this.#last = { product, ending, file };
    return file;
  }

  #rawOf(product: string, ending: string): RawFile {
    const wanted = `${exportNames.raw}/${product}.${ending}`;
    const shared = `${exportNames.raw}/others.${ending}`;
    const name = this.#raw.has(wanted) || this.#raw.size < mostRawFiles ? wanted : shared;
    const known = this.#raw.get(name);
    if (known !== undefined) return known;
    const file = { sink: this.at(name), sample: new RawSample() };
    this.#raw.set(name, file);
    return file;
  }

  async flush(): Promise<void> {
    for (const sink of this.#open.values()) await sink.flush();
  }

  finish(): Promise<readonly WrittenFile[]> {
    return Promise.all(
      [...this.#open].map(async ([name, sink]) => {
        const alone = this.#raw.get(name)?.sample.facts();
        return { ...(await sink.finish('events')), ...(alone && { alone }) };
      }),
    );
  }

  async publish(): Promise<void> {
    for (const sink of this.#open.values()) await sink.publish();
  }
}
