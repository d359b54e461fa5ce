import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exportNames } from '../formats/export-folder.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { fileError } from './export-error.ts';
import type { ExportScope } from './export-scope.ts';
import { cellNames, type ExportedEvent, exportedEvents } from './exported-event.ts';
import { FileSink, type WrittenFile } from './file-sink.ts';
import { isNeutralised, type TableForm, tableCell } from './table-cell.ts';

export interface EventFiles {
  readonly events: number;
  readonly files: readonly WrittenFile[];
  /** Cells that the safe form of the table changes. */
  readonly changed: number;
}

export interface WriteEventsOptions {
  readonly folder: string;
  readonly form: TableForm;
  readonly limits: QueryLimits;
  readonly onProgress: (events: number) => void;
}

/** Files of raw texts at most; more products share one. */
const mostRawFiles = 100;

/** Streams the events once into the lines, the table and the raw texts. In bounded memory. */
export async function writeEvents(
  store: Store,
  scope: ExportScope,
  options: WriteEventsOptions,
): Promise<EventFiles> {
  const { folder, form, limits, onProgress } = options;
  const sinks = new Sinks(folder);
  try {
    const lines = await sinks.at(exportNames.events);
    const table = await sinks.at(exportNames.table);
    table.add(`${[...cellNames, 'fields'].join(',')}\r\n`, 0);
    let events = 0;
    let changed = 0;
    const cell = (text: string | null): string => {
      if (text === null || text === '') return '';
      if (form === 'safe' && isNeutralised(text)) changed++;
      return tableCell(text, form);
    };
    for await (const block of exportedEvents(store, scope, limits)) {
      for (const event of block) {
        if (lines.add(lineOf(event), 1)) await lines.flush();
        let row = '';
        for (const text of event.cells) row += `${cell(text)},`;
        if (table.add(`${row}${cell(event.others)}\r\n`, 1)) await table.flush();
        const raw = sinks.known(rawName(event)) ?? (await sinks.raw(rawName(event)));
        if (raw.add(`${event.raw}\n`, 1)) await raw.flush();
      }
      events += block.length;
      onProgress(events);
    }
    return { events, changed, files: await sinks.finish() };
  } finally {
    await sinks.abandon();
  }
}

const keys = cellNames.map((name) => `${JSON.stringify(name)}:`);
const offsetAt = cellNames.indexOf('_offset');

function lineOf({ cells, raw, others }: ExportedEvent): string {
  let line = '{';
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at];
    if (cell === null || cell === undefined) continue;
    line += `${keys[at]}${at === offsetAt ? cell : JSON.stringify(cell)},`;
  }
  return `${line}"_raw":${JSON.stringify(raw)},"fields":${others}}\n`;
}

/** The file of a raw text: by product, and by what the text is. */
function rawName({ product, raw }: ExportedEvent): string {
  const form = raw.startsWith('<Event') ? 'xml' : raw.startsWith('{') ? 'jsonl' : 'log';
  return `${product.replace(/[^a-z0-9-]/g, '_').slice(0, 60) || 'unknown'}.${form}`;
}

/** The open files of an export. */
class Sinks {
  readonly #folder: string;
  readonly #open = new Map<string, FileSink>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  known(raw: string): FileSink | undefined {
    return this.#open.get(`${exportNames.raw}/${raw}`);
  }

  async raw(name: string): Promise<FileSink> {
    if (this.#open.size < mostRawFiles) return this.at(`${exportNames.raw}/${name}`);
    const shared = `others${name.slice(name.lastIndexOf('.'))}`;
    return this.known(shared) ?? (await this.at(`${exportNames.raw}/${shared}`));
  }

  async at(name: string): Promise<FileSink> {
    if (name.startsWith(`${exportNames.raw}/`)) {
      const path = join(this.#folder, exportNames.raw);
      await mkdir(path, { recursive: true, mode: 0o700 }).catch((error) => {
        throw fileError(path, error);
      });
    }
    const sink = await FileSink.open(name, join(this.#folder, name));
    this.#open.set(name, sink);
    return sink;
  }

  async finish(): Promise<readonly WrittenFile[]> {
    const files: WrittenFile[] = [];
    for (const sink of this.#open.values()) files.push(await sink.finish('events'));
    this.#open.clear();
    return files;
  }

  async abandon(): Promise<void> {
    for (const sink of this.#open.values()) await sink.abandon();
  }
}
