import { z } from '@hono/zod-openapi';
import { diagnosticSchema, failureSchema } from './error.ts';
import { momentSchema } from './time.ts';

/** Longest search text, in UTF-16 units. */
export const longestSearch = 200_000;

export const searchTextSchema = z.string().max(longestSearch);

/** `POST /api/searches`. `earliest` and `latest` are SPL time modifiers, ISO 8601 or epoch seconds. */
export const searchRequestSchema = z
  .object({
    text: searchTextSchema,
    earliest: z.string().max(100).optional(),
    latest: z.string().max(100).optional(),
    /** IANA name, default UTC. */
    timezone: z.string().max(64).optional(),
    /** Wall-clock seconds after which the search is stopped; default and most are the server's. */
    seconds: z.number().int().min(1).max(86_400).optional(),
    /** False for a question that a person did not write: it is not kept in the history. */
    history: z.boolean().optional(),
  })
  .openapi('SearchRequest');

export type SearchRequest = z.infer<typeof searchRequestSchema>;

export const searchStartedSchema = z.object({ id: z.string() }).openapi('SearchStarted');

export type SearchStarted = z.infer<typeof searchStartedSchema>;

export const columnSchema = z
  .object({ name: z.string(), type: z.enum(['text', 'number', 'multivalue', 'time']) })
  .openapi('Column');

export type ResultColumn = z.infer<typeof columnSchema>;

/** A time is ISO 8601 with seven digits; not-a-number and the infinities are the texts `NaN`, `inf`, `-inf`. */
export const cellSchema = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);

export type ResultCell = z.infer<typeof cellSchema>;

/** What lies in the search's indexes and time range. */
export const scopeSchema = z
  .object({
    events: z.number(),
    hosts: z.number(),
    first: momentSchema,
    last: momentSchema,
    faults: z.number(),
  })
  .openapi('Scope');

export const searchPhaseSchema = z.enum(['running', 'done', 'failed', 'cancelled']);

export const searchStateSchema = z
  .object({
    id: z.string(),
    text: z.string(),
    state: searchPhaseSchema,
    elapsedMs: z.number(),
    /** Empty until the columns are known. */
    columns: z.array(columnSchema),
    /** Rows so far; all of them can be asked for. */
    rows: z.number(),
    /** Events that the store has read for the search so far; a search that reads twice counts them once. */
    eventsScanned: z.number(),
    /** Events in the search's scope, null while it is not known. */
    eventsTotal: z.number().nullable(),
    /** Null while it is not known, and where the search reads no events. */
    scope: scopeSchema.nullable(),
    /** The range that the search covers, bounds in its text included; null is open. */
    earliest: momentSchema,
    latest: momentSchema,
    diagnostics: z.array(diagnosticSchema),
    /** The limit that ended the search, with what it was: seconds or bytes or rows. */
    limit: z.object({ kind: z.enum(['seconds', 'memory', 'rows']), value: z.number() }).nullable(),
    error: failureSchema.shape.error.nullable(),
    /** Whether the rows are events: they have `_raw` and `_id`. */
    isEvents: z.boolean(),
  })
  .openapi('SearchState');

export type SearchState = z.infer<typeof searchStateSchema>;

export const rowsQuerySchema = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(200),
  /** A column's name, with `-` in front for descending. Sorting needs a finished search. */
  sort: z.string().max(1000).optional(),
});

export const rowsPageSchema = z
  .object({
    offset: z.number(),
    /** Rows so far. */
    total: z.number(),
    /** Whether the search has ended, so that `total` grows no more. */
    complete: z.boolean(),
    rows: z.array(z.array(cellSchema)),
  })
  .openapi('RowsPage');

export type RowsPage = z.infer<typeof rowsPageSchema>;

/** Events of the search's base scope (what is in front of the first pipe) over time. */
export const histogramSchema = z
  .object({
    from: momentSchema,
    to: momentSchema,
    bucketSeconds: z.number(),
    counts: z.array(z.number()),
  })
  .openapi('Histogram');

export type Histogram = z.infer<typeof histogramSchema>;

/** `GET /api/searches/{id}/coverage`: what is known to be missing from the hosts and the time that the search goes over. */
export const searchCoverageSchema = z
  .object({
    /** Hosts of which something is. */
    hosts: z.array(z.string()),
    /** Gaps in record ids, drops that sensors reported, logs that were cleared. */
    gaps: z.number(),
    drops: z.number(),
    clears: z.number(),
    /** From here on events are still to be expected, as late as they usually arrive; null where none are, or nothing tells. */
    settlingFrom: momentSchema,
  })
  .openapi('SearchCoverage');

export type SearchCoverage = z.infer<typeof searchCoverageSchema>;
