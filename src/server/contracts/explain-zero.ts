import { z } from '@hono/zod-openapi';
import { searchTextSchema } from './search.ts';
import { momentSchema } from './time.ts';

/** `POST /api/explain-zero`: the search and its range, as it was run. */
export const explainZeroRequestSchema = z
  .object({
    text: searchTextSchema,
    earliest: z.string().max(100).optional(),
    latest: z.string().max(100).optional(),
    /** IANA name, default UTC. */
    timezone: z.string().max(64).optional(),
  })
  .openapi('ExplainZeroRequest');

const count = z.number();
const texts = z.array(z.string()).readonly();

/** Why an answer has no rows, or few. Counts are of events in the search's scope. */
export const zeroSchema = z
  .object({
    search: z.string(),
    scope: z.object({
      events: count,
      hosts: count,
      first: momentSchema,
      last: momentSchema,
      faults: count,
      indexes: texts,
      earliest: momentSchema,
      latest: momentSchema,
    }),
    /** Events that meet all conditions of the first stage. */
    matching: count,
    /** What is joined by AND: events that meet it alone, with those above, and all but it. */
    conditions: z
      .array(
        z.object({
          text: z.string(),
          alone: count,
          upTo: count,
          without: count,
          looksFor: z
            .array(
              z.object({
                text: z.string(),
                field: z.string().nullable(),
                alone: count,
                withField: count.nullable(),
                values: texts,
              }),
            )
            .readonly(),
        }),
      )
      .readonly(),
    withoutUnmatched: count,
    together: count,
    spellings: z
      .array(
        z.object({
          text: z.string(),
          kind: z.enum([
            'inside',
            'width',
            'separators',
            'percent',
            'obfuscated',
            'written',
            'utf16',
            'base64',
            'decoded',
          ]),
          says: z.string(),
          alone: count,
          /** Events that the search would find more. */
          more: count,
          /** A search that shows one of them, or all. */
          try: z.string(),
        }),
      )
      .readonly(),
    otherFields: z
      .array(z.object({ text: z.string(), field: z.string(), events: count, sampled: z.boolean() }))
      .readonly(),
    fieldNames: z.array(z.object({ field: z.string(), like: texts })).readonly(),
    /** Events that meet the conditions anywhere in the store; null where the scope is all of it. */
    elsewhere: z
      .object({ events: count, first: momentSchema, last: momentSchema, indexes: texts })
      .nullable(),
    stages: z
      .array(
        z.object({
          text: z.string(),
          rows: count,
          parts: z.array(z.object({ text: z.string(), rows: count })).readonly(),
        }),
      )
      .readonly(),
    coverage: z.object({
      hosts: z.array(z.object({ host: z.string(), holes: texts, more: count })).readonly(),
      moreHosts: z.boolean(),
    }),
    faults: z
      .array(z.object({ origin: z.string(), code: z.string(), faults: count, message: z.string() }))
      .readonly(),
    limits: texts,
  })
  .openapi('ZeroExplanation');

export type ZeroExplanation = z.infer<typeof zeroSchema>;
