import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseIsoTicks } from '../core/ticks.ts';
import { exportNames } from '../formats/export-folder.ts';
import { syncFolder, writeDurably } from './durable-file.ts';
import type { AnewReason } from './earlier-run.ts';
import { mostFiles, othersName, rawNamePattern } from './event-files.ts';
import type { EventKey } from './event-key.ts';
import type { Inventory } from './export-scope.ts';
import { partialSuffix, type WrittenFile } from './file-sink.ts';
import type { Manifest } from './manifest.ts';
import { sampleLacks } from './raw-sample.ts';

/** Version of the form of journals. */
const journalForm = 2;

export const journalName = `journal${partialSuffix}`;
const temporaryName = `${journalName}.new`;

/** Bytes of a journal that is read: names of hosts and addresses are all that may be many. */
const mostBytes = 64 << 20;

/** The files that every journal begins with. */
const namesOfAll: readonly string[] = [exportNames.events, exportNames.table, othersName];

const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const moment = z
  .string()
  .max(40)
  .refine((text) => parseIsoTicks(text) !== undefined);

const file = z.strictObject({
  path: z.string().refine((path) => namesOfAll.includes(path) || rawNamePattern.test(path)),
  bytes: count,
  sha256,
  events: count,
  alone: z
    .strictObject({ read: count, same: count, lacks: z.array(z.enum(sampleLacks)) })
    .refine(({ read, same }) => same <= read)
    .exactOptional(),
});

/** How far an export has come: what is on disk, and from where it goes on. Written at each checkpoint. */
export interface Journal {
  readonly keizu_export_journal: typeof journalForm;
  readonly product_version: string;
  /** The scope of the first run: all files are to hold the same events. */
  readonly scope: Manifest['scope'];
  readonly as_of: string;
  /** The window as it was typed, which may be relative to the moment of the command; empty where it does not matter. */
  readonly asked: string;
  /** What was in scope when it was begun. */
  readonly inventory: Inventory;
  /** Events in the files, and cells of theirs that the safe form of the table changed. */
  readonly events: number;
  readonly changed: number;
  /** The key of the last event; its time is in ticks. */
  readonly last: Omit<EventKey, 'time'> & { readonly time: string };
  /** The lines, the table, the other fields, and the raw texts in the order in which their files were begun. */
  readonly files: readonly WrittenFile[];
}

const journalSchema = z
  .strictObject({
    keizu_export_journal: z.literal(journalForm),
    product_version: z.string(),
    scope: z.strictObject({
      hosts: z.array(z.string()).min(1),
      earliest: moment,
      latest: moment,
      exact: z.boolean(),
      addresses: z.array(z.string()),
    }),
    as_of: moment,
    asked: z.string(),
    inventory: z.strictObject({ events: count, digest: z.string().regex(/^\d{1,20}$/) }),
    events: count.min(1),
    changed: count,
    last: z.strictObject({
      index: z.string(),
      host: z.string(),
      time: z
        .string()
        .regex(/^-?\d{1,19}$/)
        .refine((text) => BigInt.asIntN(64, BigInt(text)) === BigInt(text)),
      id: z.string().regex(/^[0-9a-f]{32}$/),
    }),
    files: z
      .array(file)
      .min(namesOfAll.length + 1)
      .max(mostFiles),
  })
  .refine(isConsistent);

function isConsistent({
  files,
  events,
  inventory,
}: Pick<Journal, 'files' | 'events' | 'inventory'>): boolean {
  const raw = files.slice(namesOfAll.length);
  return (
    namesOfAll.every((name, at) => files[at]?.path === name && files[at]?.events === events) &&
    events <= inventory.events &&
    raw.every(({ path, alone }) => rawNamePattern.test(path) && alone !== undefined) &&
    raw.reduce((sum, each) => sum + (each.events ?? 0), 0) === events &&
    new Set(files.map(({ path }) => path)).size === files.length
  );
}

/** Writes the journal of a folder, whole or not at all; the files that it tells of are on disk, their names maybe not yet. */
export async function writeJournal(folder: string, journal: Journal): Promise<void> {
  await syncFolder(join(folder, exportNames.raw));
  const body = JSON.stringify(journal);
  await writeDurably(join(folder, journalName), join(folder, temporaryName), `${body}\n${sumOf(body)}\n`);
}

export async function removeJournal(folder: string): Promise<void> {
  for (const name of [journalName, temporaryName])
    await rm(join(folder, name), { recursive: true, force: true });
}

/** The journal of a folder, or why there is none to go by. Whoever may write to the folder may have written it. */
export async function readJournal(folder: string, productVersion: string): Promise<Journal | AnewReason> {
  let text: string | undefined;
  try {
    // Neither a link nor a pipe that nobody writes to is a journal.
    const handle = await open(
      join(folder, journalName),
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    try {
      text = await boundedText(handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no-checkpoint' : 'journal-damaged';
  }
  const found = text === undefined ? undefined : checkedBody(text);
  const version = z
    .looseObject({ keizu_export_journal: z.number(), product_version: z.string() })
    .safeParse(found);
  if (!version.success) return 'journal-damaged';
  const { keizu_export_journal: form, product_version } = version.data;
  if (form !== journalForm || product_version !== productVersion) return 'other-version';
  const journal = journalSchema.safeParse(found);
  return journal.success ? journal.data : 'journal-damaged';
}

async function boundedText(handle: FileHandle): Promise<string | undefined> {
  const found = await handle.stat();
  if (!found.isFile() || found.size > mostBytes) return undefined;
  const bytes = Buffer.alloc(found.size);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
  return bytesRead === bytes.length ? bytes.toString('utf8') : undefined;
}

/** What stands in a text whose second line is the sum of the first. */
function checkedBody(text: string): unknown {
  const [body = '', sum, end, ...more] = text.split('\n');
  if (sum !== sumOf(body) || end !== '' || more.length > 0) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function sumOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
