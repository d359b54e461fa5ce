import { z } from '@hono/zod-openapi';
import { processBriefSchema } from './process.ts';
import { answerKindSchema, reasonSchema } from './reason.ts';
import { momentSchema } from './time.ts';
import { latenessSchema, momentParameter, timezoneParameter } from './tree.ts';

/** `GET /api/coverage`. */
export const coverageQuerySchema = z.object({
  earliest: momentParameter.optional(),
  latest: momentParameter.optional(),
  /** Names with commas between, `*` for any text; absent: all. */
  hosts: z.string().max(100_000).optional(),
  asof: momentParameter.optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  timezone: timezoneParameter,
});

/** `GET /api/coverage/export`: the ledger whole, as the command line writes it. */
export const coverageExportQuerySchema = coverageQuerySchema
  .omit({ offset: true, limit: true })
  .extend({ format: z.enum(['json', 'csv']).default('csv') });

/** A time in which events may be missing, or still may come. Null ends are open. */
export const stretchSchema = z
  .object({
    kind: z.enum([
      'gap',
      'gaps-not-listed',
      'dropped',
      'cleared',
      'stopped',
      'reports-not-read',
      'before-log',
      'after-log',
      'other-configuration',
      'not-collected',
      'settling',
    ]),
    from: momentSchema,
    to: momentSchema,
    /** Events that are missing, where the source itself says how many. */
    count: z.number().nullable(),
    reason: reasonSchema,
    /** The event that says so. */
    eventId: z.string().nullable(),
  })
  .openapi('Stretch');

export type Stretch = z.infer<typeof stretchSchema>;

/** A moment at which a log was cleared, or its sensor started, stopped or re-configured. */
export const markSchema = z
  .object({
    kind: z.enum(['cleared', 'started', 'stopped', 'configured', 'error', 'other']),
    time: momentSchema,
    text: z.string(),
    user: z.string().nullable(),
    eventId: z.string(),
  })
  .openapi('Mark');

export type Mark = z.infer<typeof markSchema>;

export const coverageClassSchema = z
  .object({
    class: z.string(),
    label: z.string(),
    /** Null: nothing here ever recorded it. */
    product: z.string().nullable(),
    /** In the range, and at any time. */
    events: z.number(),
    eventsEver: z.number(),
    dropped: z.number(),
    /** Whether "no" could be said for all of the range by this channel: `no`, `not-certain` or `not-collected`. */
    answer: answerKindSchema.exclude(['yes']),
    reasons: z.array(reasonSchema),
    /** Events by part of the axis; empty where there are none. */
    parts: z.array(z.number()),
    stretches: z.array(stretchSchema),
    stretchesLeftOut: z.number(),
  })
  .openapi('CoverageClass');

export type CoverageClass = z.infer<typeof coverageClassSchema>;

export const coverageChannelSchema = z
  .object({
    channel: z.string(),
    products: z.array(z.string()),
    events: z.number(),
    eventsEver: z.number(),
    untimed: z.number(),
    dropped: z.number(),
    first: momentSchema,
    last: momentSchema,
    /** Whether record ids run on, and what that rests on. */
    recordIds: z.object({
      verdict: z.enum([
        'contiguous',
        'gaps',
        'none',
        'partly',
        'forwarded',
        'filtered',
        'restarted',
        'too-few',
      ]),
      reason: reasonSchema,
      firstId: z.string().nullable(),
      lastId: z.string().nullable(),
    }),
    lateness: latenessSchema,
    late: z.array(
      z.object({
        from: momentSchema,
        to: momentSchema,
        firstArrival: momentSchema,
        lastArrival: momentSchema,
        events: z.number(),
      }),
    ),
    lateLeftOut: z.number(),
    parts: z.array(z.number()),
    classes: z.array(coverageClassSchema),
    marks: z.array(markSchema),
    marksLeftOut: z.number(),
  })
  .openapi('CoverageChannel');

export type CoverageChannel = z.infer<typeof coverageChannelSchema>;

export const coverageHostSchema = z
  .object({
    host: z.string(),
    events: z.number(),
    eventsEver: z.number(),
    dropped: z.number(),
    first: momentSchema,
    last: momentSchema,
    lateness: latenessSchema,
    /** For how many of the shown classes "no" can be said without a gap, and of how many. */
    certain: z.number(),
    of: z.number(),
    /** The answers of the host for the classes that an analyst asks for first. */
    answers: z.array(
      z.object({
        class: z.string(),
        label: z.string(),
        answer: answerKindSchema.exclude(['yes']),
        reasons: z.array(reasonSchema),
      }),
    ),
    parts: z.array(z.number()),
    /** Of any class that is asked for first, most telling first. */
    stretches: z.array(stretchSchema),
    channels: z.array(coverageChannelSchema),
    faults: z.array(
      z.object({ origin: z.string(), code: z.string(), faults: z.number(), message: z.string() }),
    ),
  })
  .openapi('CoverageHost');

export type CoverageHost = z.infer<typeof coverageHostSchema>;

export const coverageSchema = z
  .object({
    /** The axis of all `parts`. */
    axis: z.object({ from: momentSchema, to: momentSchema, parts: z.number(), partSeconds: z.number() }),
    now: momentSchema,
    /** By class: the share of the hosts' time in which it was collected without a gap (0 to 1). */
    shares: z.array(z.object({ class: z.string(), label: z.string(), share: z.number(), hosts: z.number() })),
    hosts: z.array(coverageHostSchema),
    hostsTotal: z.number(),
    /** Hosts outside this page in which something is missing. */
    hostsLeftOutWithGaps: z.number(),
    /** What could not be read of sources that gave no event of any host. */
    faults: z.array(
      z.object({ origin: z.string(), code: z.string(), faults: z.number(), message: z.string() }),
    ),
  })
  .openapi('Coverage');

export type Coverage = z.infer<typeof coverageSchema>;

/** `GET /api/coverage/stretch`: what a stretch means. */
export const stretchQuerySchema = z.object({
  host: z.string().min(1).max(1_000),
  class: z.string().min(1).max(100),
  from: momentParameter.optional(),
  to: momentParameter.optional(),
  asof: momentParameter.optional(),
  timezone: timezoneParameter,
});

export const stretchFactsSchema = z
  .object({
    host: z.string(),
    class: z.string(),
    label: z.string(),
    from: momentSchema,
    to: momentSchema,
    answer: answerKindSchema.exclude(['yes']),
    reasons: z.array(reasonSchema),
    /** Processes that lived in it: for them "no" cannot be said. */
    processes: z.object({ count: z.number(), first: z.array(processBriefSchema) }),
    /** Other channels of the host that had events of the class in that time. */
    others: z.array(z.object({ channel: z.string(), events: z.number(), reason: reasonSchema })),
    /** What the record ids of the channels say. */
    recordIds: z.array(z.object({ channel: z.string(), reason: reasonSchema })),
  })
  .openapi('StretchFacts');

export type StretchFacts = z.infer<typeof stretchFactsSchema>;
