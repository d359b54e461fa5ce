import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an export holds: the SHA-256 of each file by its path, and the manifest without what the moment of its making says. */
export function exportedFiles(folder: string): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    const name = path.slice(folder.length + 1);
    if (name === 'manifest.json') {
      const { made, ...manifest } = JSON.parse(content.toString());
      found[name] = { ...manifest, made: typeof made };
    } else found[name] = createHash('sha256').update(content).digest('hex');
  }
  return found;
}
