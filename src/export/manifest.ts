import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportNames, manifestStart } from '../formats/export-folder.ts';
import { ExportError } from './export-error.ts';
import type { ExportRequest } from './export-scope.ts';
import type { WrittenFile } from './file-sink.ts';

/** What an export holds, and what it rests on. Written last: a folder with a manifest is finished. */
export interface Manifest {
  /** Version of this form. */
  readonly keizu_export: 1;
  readonly product_version: string;
  /** When it was made, and the moment of which it is: only what had arrived by then is in it. ISO 8601, UTC. */
  readonly made: string;
  readonly as_of: string;
  readonly scope: ExportRequest & {
    /** Records of proxies and networks of these client addresses are in it, too. */
    readonly addresses: readonly string[];
  };
  readonly events: number;
  /** What could not be read when the store was filled, in the whole store: such lines are in no export. */
  readonly faults_at_ingest: number;
  /** Whether cells of the table that a spreadsheet would run have an apostrophe in front, and how many have. */
  readonly cells: { readonly neutralised: boolean; readonly changed: number };
  /** What bit, in words; empty where nothing was left out. */
  readonly limits: readonly string[];
  readonly files: readonly WrittenFile[];
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The manifest of a folder; undefined where it has none. One that cannot be read is an `ExportError`. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const path = join(folder, exportNames.manifest);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ExportError(`cannot read ${path}: ${(error as Error).message}`);
  }
  if (!text.startsWith(manifestStart)) return undefined;
  const found = parsed(text);
  if (!isManifest(found)) throw new ExportError(`${path} is not a manifest that this version reads`);
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  const object = (each: unknown): each is Record<string, unknown> =>
    typeof each === 'object' && each !== null;
  if (!object(value) || value.keizu_export !== 1 || typeof value.events !== 'number') return false;
  const { scope, files } = value;
  if (!object(scope) || !Array.isArray(scope.hosts) || !Array.isArray(files)) return false;
  return files.every(
    (file) =>
      object(file) &&
      typeof file.path === 'string' &&
      typeof file.bytes === 'number' &&
      typeof file.sha256 === 'string' &&
      (file.events === undefined || typeof file.events === 'number'),
  );
}
