import { z } from '@hono/zod-openapi';
import { momentSchema } from './time.ts';

/** `GET /api/events/{id}`: one event with all that is stored of it. `id` is 32 hexadecimal digits, `_id` of a row. */
export const eventDetailSchema = z
  .object({
    id: z.string(),
    time: momentSchema,
    arrival: momentSchema,
    index: z.string(),
    source: z.string(),
    sourcetype: z.string(),
    host: z.string(),
    product: z.string(),
    eventClass: z.string(),
    /** The clock that the time was taken from. */
    timeSource: z.string(),
    raw: z.string(),
    fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    /** The file that it was read from, members of archives after `!`, and the byte where the record begins. */
    origin: z.string(),
    offset: z.number(),
  })
  .openapi('EventDetail');

export type EventDetail = z.infer<typeof eventDetailSchema>;

/** `GET /api/summary`. */
export const storeSummarySchema = z
  .object({
    events: z.number(),
    hosts: z.number(),
    first: momentSchema,
    last: momentSchema,
    faults: z.number(),
    indexes: z.array(z.object({ name: z.string(), events: z.number() })),
    isEmpty: z.boolean(),
    /** Whether `POST /api/demo` may be offered: the store is empty and the user may write. */
    demoOffered: z.boolean(),
  })
  .openapi('StoreSummary');

export type StoreSummary = z.infer<typeof storeSummarySchema>;
