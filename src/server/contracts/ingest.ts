import { z } from '@hono/zod-openapi';
import type { FaultCode } from '../../core/fault.ts';

/** The summary that `keizu ingest --json` prints. */
export const ingestSummarySchema = z
  .object({
    files: z.number(),
    bytes: z.number(),
    records: z.number(),
    events: z.number(),
    duplicates: z.number(),
    faults: z.number(),
    seconds: z.number(),
    products: z.record(z.string(), z.number()),
    arrivalsUnknown: z.number().optional(),
    zonesUnknown: z.number().optional(),
  })
  .openapi('IngestSummary');

/** What an ingest could not read, by kind (`src/core/fault.ts`). */
export type IngestFaultCode = FaultCode;

/** Something that could not be read: where, and why. The page words it by `code`; `message` is English. */
export const ingestFaultSchema = z
  .object({ origin: z.string(), offset: z.number(), code: z.string(), message: z.string() })
  .openapi('IngestFault');

export type IngestFault = z.infer<typeof ingestFaultSchema>;

/**
 * `POST /api/ingest` (multipart/form-data: parts named `files`, an optional field `index` in front of them; or one raw body
 * with `?name=`) and `POST /api/demo`: what they answer when all is on disk. With `accept: text/event-stream` they answer
 * SSE: `progress` events with data `IngestProgress`, then one `done` with data `IngestReport` or one `failed` with data
 * `Failure`.
 */
export const ingestReportSchema = z
  .object({
    summary: ingestSummarySchema,
    /** The first faults; `summary.faults` counts all. */
    faults: z.array(ingestFaultSchema),
  })
  .openapi('IngestReport');

export type IngestReport = z.infer<typeof ingestReportSchema>;

export const ingestProgressSchema = z
  .object({
    phase: z.enum(['receiving', 'reading']),
    /** Bytes received while receiving, bytes read while reading. */
    bytes: z.number(),
    /** Of how many; null where the client did not say. */
    totalBytes: z.number().nullable(),
    records: z.number(),
    events: z.number(),
    duplicates: z.number(),
    faults: z.number(),
    seconds: z.number(),
    /** The file that is read, empty while receiving. */
    origin: z.string(),
  })
  .openapi('IngestProgress');

export type IngestProgress = z.infer<typeof ingestProgressSchema>;
