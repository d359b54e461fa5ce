import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names within the folder that `keizu export` writes. The file of events is all that an ingest of the folder reads. */
export const exportNames = {
  manifest: 'manifest.json',
  events: 'events.jsonl',
  table: 'events.csv',
  parquet: 'events.parquet',
  report: 'report.html',
  raw: 'raw',
} as const;

/** How a manifest begins; its version stands behind. */
export const manifestStart = '{\n  "keizu_export": ';

/** How the table of an export begins. */
export const exportTableStart = '_id,_time,_indextime,index,host,source,sourcetype,_product,';

/** How its report begins. */
export const exportReportStart = '<!doctype html>\n<meta name="generator" content="keizu export">';

/** Whether a folder is a finished export: its manifest is written last. */
export function isExportFolder(path: string, names: readonly string[] = namesIn(path)): boolean {
  if (!names.includes(exportNames.manifest) || !names.includes(exportNames.events)) return false;
  try {
    return readFileSync(join(path, exportNames.manifest), 'utf8').startsWith(manifestStart);
  } catch {
    return false;
  }
}

/** Whether a source is what an export says besides its events. `head` is the source's first bytes. */
export function isExportByproduct(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 256)).toString('latin1');
  return [manifestStart, exportTableStart, exportReportStart].some((start) => text.startsWith(start));
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
