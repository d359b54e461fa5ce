import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { exportNames } from '../formats/export-folder.ts';
import { ExportError } from './export-error.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** What is wrong with a file of an export. */
export interface ExportProblem {
  readonly path: string;
  readonly kind: 'missing' | 'size' | 'content' | 'count' | 'unlisted' | 'outside';
  readonly expected?: string;
  readonly found?: string;
}

export interface ExportVerification {
  readonly manifest: Manifest;
  /** Of the manifest itself, which nothing else vouches for. */
  readonly manifestSha256: string;
  readonly problems: readonly ExportProblem[];
}

/** Reads every file of an export again: bytes, SHA-256, and the number of events where lines are events. */
export async function verifyExport(
  folder: string,
  onFile?: (path: string) => void,
): Promise<ExportVerification> {
  const manifest = await readManifest(folder);
  if (manifest === undefined)
    throw new ExportError(
      `${folder} has no manifest of an export`,
      'An export that was interrupted has none: run it again, and it goes on.',
    );
  const problems: ExportProblem[] = [];
  let raw = 0;
  for (const file of manifest.files) {
    onFile?.(file.path);
    if (file.path.startsWith(`${exportNames.raw}/`)) raw += file.events ?? 0;
    problems.push(...(await problemsOf(folder, file, manifest.events)));
  }
  if (raw !== manifest.events) problems.push(countProblem(exportNames.raw, manifest.events, raw));
  const listed = new Set([exportNames.manifest, ...manifest.files.map(({ path }) => path)]);
  for (const path of await namesBelow(folder))
    if (!listed.has(path)) problems.push({ path, kind: 'unlisted' });
  const { sha256 } = await readAgain(join(folder, exportNames.manifest));
  return { manifest, manifestSha256: sha256, problems };
}

async function problemsOf(
  folder: string,
  { path, bytes, sha256, events }: Manifest['files'][number],
  all: number,
): Promise<readonly ExportProblem[]> {
  const place = resolve(folder, path);
  // A manifest comes from elsewhere: what it names outside its folder is not looked at.
  if (!place.startsWith(`${resolve(folder)}${sep}`)) return [{ path, kind: 'outside' }];
  const found = await stat(place).catch(() => undefined);
  if (found === undefined || !found.isFile()) return [{ path, kind: 'missing' }];
  if (found.size !== bytes)
    return [{ path, kind: 'size', expected: String(bytes), found: String(found.size) }];
  const again = await readAgain(place);
  const problems: ExportProblem[] = [];
  if (again.sha256 !== sha256)
    problems.push({ path, kind: 'content', expected: sha256, found: again.sha256 });
  if (path === exportNames.events && again.lines !== all) problems.push(countProblem(path, all, again.lines));
  if (events !== undefined && !path.startsWith(`${exportNames.raw}/`) && events !== all)
    problems.push(countProblem(path, all, events));
  return problems;
}

function countProblem(path: string, expected: number, found: number): ExportProblem {
  return { path, kind: 'count', expected: String(expected), found: String(found) };
}

async function readAgain(path: string): Promise<{ readonly sha256: string; readonly lines: number }> {
  const hash = createHash('sha256');
  let lines = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, at + 1)) lines++;
  }
  return { sha256: hash.digest('hex'), lines };
}

async function namesBelow(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory() && entry.name === exportNames.raw)
      for (const name of await readdir(join(folder, entry.name))) names.push(`${exportNames.raw}/${name}`);
    else names.push(entry.name);
  return names;
}
