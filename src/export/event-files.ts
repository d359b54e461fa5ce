import { join } from 'node:path';
import { exportNames } from '../formats/export-folder.ts';
import type { EventBlock } from './event-block.ts';
import { cellNames, productColumn, rawColumn } from './exported-event.ts';
import { FileSink, partialSuffix, type WrittenFile } from './file-sink.ts';
import { RawSample } from './raw-sample.ts';
import type { WriterThread } from './writer-thread.ts';

/** Files of raw texts at most; more products share one of each ending. */
const mostRawFiles = 100;

/** How a raw text begins, and the ending of a file of such texts. */
const forms = [
  { start: Buffer.from('<Event'), ending: 'xml' },
  { start: Buffer.from('{'), ending: 'jsonl' },
] as const;

/** Files at most: with the lines, the table, the other fields, and those that are shared. */
export const mostFiles = 3 + mostRawFiles + forms.length + 1;

/** The other fields of each event: of use while the Parquet file is made, and no file of a finished export. */
export const othersName = 'fields';

/** Names of files of raw texts, below the folder. */
export const rawNamePattern = new RegExp(
  `^${exportNames.raw}/[a-z0-9_-]{1,60}\\.(?:${[...forms.map(({ ending }) => ending), 'log'].join('|')})$`,
);

function endingOf(block: EventBlock, row: number): string {
  const start = block.texts(rawColumn).starts[row] as number;
  return (
    forms.find((form) => form.start.every((code, at) => block.bytes[start + at] === code))?.ending ?? 'log'
  );
}

interface RawFile {
  readonly sink: FileSink;
  readonly sample: RawSample;
}

/** The open files of events of an export: the lines, the table, the other fields, and raw texts by product and form. */
export class EventFiles {
  readonly #folder: string;
  readonly #writer: WriterThread;
  readonly #open = new Map<string, FileSink>();
  /** The one that was asked for last: events of a product come together. */
  #last:
    | {
        readonly block: EventBlock;
        readonly product: number;
        readonly ending: string;
        readonly file: RawFile;
      }
    | undefined;
  readonly #raw = new Map<string, RawFile>();

  private constructor(folder: string, writer: WriterThread) {
    this.#folder = folder;
    this.#writer = writer;
  }

  static begin(folder: string, writer: WriterThread): EventFiles {
    const files = new EventFiles(folder, writer);
    files.#add(exportNames.events);
    files.#add(exportNames.table).text.text(`${[...cellNames, 'fields'].join(',')}\r\n`);
    files.#add(othersName);
    return files;
  }

  /** Goes on with files of which so much is there; undefined where one of them is another. */
  static async takeUp(
    folder: string,
    writer: WriterThread,
    begun: readonly WrittenFile[],
  ): Promise<EventFiles | undefined> {
    const files = new EventFiles(folder, writer);
    for (const { path, bytes, sha256, events = 0, alone } of begun) {
      const file = await writer.reopen(`${join(folder, path)}${partialSuffix}`, bytes, sha256);
      if (file === undefined) return undefined;
      const sink = files.#add(path, { file, events });
      if (alone !== undefined) files.#raw.set(path, { sink, sample: new RawSample(events, alone) });
    }
    return files;
  }

  get lines(): FileSink {
    return this.#open.get(exportNames.events) as FileSink;
  }

  get table(): FileSink {
    return this.#open.get(exportNames.table) as FileSink;
  }

  get others(): FileSink {
    return this.#open.get(othersName) as FileSink;
  }

  /** The file of a raw text: by product, and by what the text is. */
  raw(block: EventBlock, row: number): RawFile {
    const ending = endingOf(block, row);
    const product = block.texts(productColumn).places?.[row] ?? row;
    const last = this.#last;
    if (last?.block === block && last.product === product && last.ending === ending) return last.file;
    const plain = String(block.text(productColumn, row))
      .replace(/[^a-z0-9-]/g, '_')
      .slice(0, 60);
    const file = this.#rawOf(plain || 'unknown', ending);
    this.#last = { block, product, ending, file };
    return file;
  }

  /** Hands on what is gathered; resolves when there is room for more. */
  async flush(): Promise<void> {
    for (const sink of this.#open.values()) await sink.flush();
  }

  /** Begins to bring to the disk what was added until it is called; more may be added once it has resolved. */
  async checkpoint(): Promise<{ readonly onDisk: Promise<readonly WrittenFile[]> }> {
    await this.flush();
    const added = [...this.#open].map(([path, { file, events }]) => {
      const alone = this.#raw.get(path)?.sample.facts();
      return { path, file, events, ...(alone && { alone }) };
    });
    const onDisk = this.#writer.checkpoint().then((found) =>
      added.map(({ file, path, events, alone }) => {
        const written = found.find((each) => each.file === file);
        if (written === undefined) throw new Error(`${path} is not open`);
        const { bytes, sha256 } = written;
        return { path, bytes, sha256, events, ...(alone && { alone }) };
      }),
    );
    return { onDisk };
  }

  /** The files, when they are on disk and closed. */
  finish(): Promise<readonly WrittenFile[]> {
    return Promise.all(
      [...this.#open].map(async ([path, sink]) => {
        const alone = this.#raw.get(path)?.sample.facts();
        return { ...(await sink.finish('events')), ...(alone && { alone }) };
      }),
    );
  }

  /** Gives those of a finished export their names. */
  async publish(): Promise<void> {
    for (const [path, sink] of this.#open) if (path !== othersName) await sink.publish();
  }

  #add(name: string, begun?: { readonly file: number; readonly events: number }): FileSink {
    const sink = new FileSink(name, join(this.#folder, name), this.#writer, begun);
    this.#open.set(name, sink);
    return sink;
  }

  #rawOf(product: string, ending: string): RawFile {
    const wanted = `${exportNames.raw}/${product}.${ending}`;
    const shared = `${exportNames.raw}/others.${ending}`;
    const name = this.#raw.has(wanted) || this.#raw.size < mostRawFiles ? wanted : shared;
    const known = this.#raw.get(name);
    if (known !== undefined) return known;
    const file = { sink: this.#add(name), sample: new RawSample() };
    this.#raw.set(name, file);
    return file;
  }
}
