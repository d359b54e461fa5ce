import { auditLog } from './audit/audit-log.ts';
import { type Compression, gzip, zstd } from './container/compression.ts';
import type { Container } from './container/container.ts';
import { tar } from './container/tar.ts';
import { zip } from './container/zip.ts';
import { csv } from './csv/csv.ts';
import { eventXml } from './event-xml/event-xml.ts';
import { evtxFormat } from './evtx/evtx.ts';
import type { Format } from './format.ts';
import { w3c } from './headed-lines/w3c.ts';
import { zeekTsv } from './headed-lines/zeek-tsv.ts';
import { json } from './json/json.ts';
import { storedEvents } from './stored-events.ts';
import { textLines } from './text-lines.ts';

/** The formats in the order in which they are asked whether a file is theirs; the last takes any text. */
export const formats: readonly Format[] = [
  evtxFormat,
  zeekTsv,
  w3c,
  storedEvents,
  json,
  auditLog,
  eventXml,
  csv,
  textLines,
];

/** Files that hold files. */
export const containers: readonly Container[] = [zip, tar];

/** Packings of single streams. */
export const compressions: readonly Compression[] = [gzip, zstd];
