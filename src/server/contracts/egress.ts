import { z } from '@hono/zod-openapi';
import { verdictReasonPatterns } from '../../egress/verdict-reason.ts';
import { answerKindSchema, reasonSchema } from './reason.ts';
import { momentSchema } from './time.ts';
import { momentParameter, timezoneParameter } from './tree.ts';

/** What a record proves, what proves most first; `docs/egress.md` says what each is. */
export const verdictCodeSchema = z.enum(['C', 'B', 'S', 'O', 'U', 'F', 'A', 'P', 'T', 'N']);

export type VerdictCode = z.infer<typeof verdictCodeSchema>;

const bitSchema = z.enum(['yes', 'no', 'unknown']);

export const verdictSchema = z
  .object({
    code: verdictCodeSchema,
    reached: bitSchema,
    out: bitSchema,
    back: bitSchema,
    complete: bitSchema,
    flags: z.array(z.enum(['cache', 'inferred', 'peer', 'in-only'])),
    /** What it rests on, as part of an English sentence; tokens of logs stand in it as recorded. */
    reason: z.string(),
    /** The same for a wording in another language: what stands fast in it, and what is put in at each `%s`. */
    reasonParts: z.object({ pattern: z.enum(verdictReasonPatterns), parts: z.array(z.string()) }),
  })
  .openapi('EgressVerdict');

export type EgressVerdict = z.infer<typeof verdictSchema>;

export type VerdictReasonParts = EgressVerdict['reasonParts'];

export type VerdictReasonPattern = VerdictReasonParts['pattern'];

const verdictCountSchema = z.object({ code: verdictCodeSchema, count: z.number() });

export type VerdictCount = z.infer<typeof verdictCountSchema>;

/** Which connections: those of a host, and of them those of a process or of destinations with a text in their name. */
export const egressSelectionSchema = z.object({
  host: z.string().min(1).max(1_000),
  asof: momentParameter.optional(),
  /** A process by the id that this API gives it; at most one of id, guid and pid. */
  id: z.string().min(1).max(4_000).optional(),
  guid: z.string().min(1).max(200).optional(),
  pid: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional(),
  /** With `pid`: the process that bore the id then. */
  at: momentParameter.optional(),
  /** Text in a destination's name, address or URL. */
  dest: z.string().min(1).max(4_000).optional(),
  timezone: timezoneParameter,
});

const pageSchema = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

/** `GET /api/egress`. */
export const egressQuerySchema = egressSelectionSchema.extend({
  ...pageSchema,
  /** Only destinations of which a connection has this verdict. */
  verdict: verdictCodeSchema.optional(),
  /** Only those that no process explains, all or in part. */
  unexplained: z.enum(['true', 'false']).optional(),
});

/** `GET /api/egress/connections`. */
export const egressConnectionsQuerySchema = egressSelectionSchema.extend({
  ...pageSchema,
  /** `key` of a destination; absent: of all. */
  key: z.string().max(20_000).optional(),
});

/** `GET /api/egress/marks`. */
export const egressMarksQuerySchema = egressSelectionSchema.pick({
  host: true,
  asof: true,
  timezone: true,
});

export const egressProcessSchema = z
  .object({
    id: z.string(),
    pid: z.number().nullable(),
    /** Empty where its program is not known. */
    name: z.string(),
    image: z.string().nullable(),
    user: z.string().nullable(),
    start: momentSchema,
    end: momentSchema,
  })
  .openapi('EgressProcess');

export type EgressProcessMessage = z.infer<typeof egressProcessSchema>;

const tierSchema = z.union([z.literal(1), z.literal(2), z.literal(3)]);

export type EgressTier = z.infer<typeof tierSchema>;

const tierCountsSchema = z.array(z.object({ tier: tierSchema, count: z.number() }));

/** A process to which connections with a destination are joined first. */
export const destinationProcessSchema = z
  .object({
    process: egressProcessSchema,
    connections: z.number(),
    tiers: tierCountsSchema,
    /** Among them, those of which no other process is as likely. */
    decided: z.number(),
    /** The most processes that compete with it for one of them. */
    competing: z.number(),
  })
  .openapi('EgressDestinationProcess');

export type DestinationProcess = z.infer<typeof destinationProcessSchema>;

/** How regularly it was asked for; times in milliseconds. */
export const repetitionSchema = z
  .object({
    count: z.number(),
    medianMs: z.number(),
    /** Median distance of the intervals from their median. */
    deviationMs: z.number(),
    /** Standard deviation by mean: 0 is a clock, 1 is chance. */
    variation: z.number(),
    spanMs: z.number(),
    bytes: z.object({ median: z.number(), deviation: z.number() }).nullable(),
  })
  .openapi('EgressRepetition');

export type Repetition = z.infer<typeof repetitionSchema>;

export const destinationSchema = z
  .object({
    /** By which its connections are asked for. */
    key: z.string(),
    /** Null: nothing tells which host had the client's address. */
    host: z.string().nullable(),
    /** Null: the records name no destination. */
    name: z.string().nullable(),
    port: z.number().nullable(),
    connections: z.number(),
    /** Those of which no process was recorded making them or naming their destination. */
    unexplained: z.number(),
    first: momentSchema,
    last: momentSchema,
    /** What proves most first. */
    verdicts: z.array(verdictCountSchema),
    /** Those that a cache answered: they did not go to the destination. */
    cached: z.number(),
    strongest: verdictSchema,
    /** The event with the strongest verdict. */
    eventId: z.string(),
    /** Null: counted by no record. */
    bytesOut: z.number().nullable(),
    bytesIn: z.number().nullable(),
    repetition: repetitionSchema.nullable(),
    /** The first 5. */
    processes: z.array(destinationProcessSchema),
    processesTotal: z.number(),
    /** Of a question for one process: its own part in it. */
    own: z
      .object({
        tiers: tierCountsSchema,
        explained: z.number(),
        undecided: z.number(),
        competing: z.number(),
      })
      .nullable(),
  })
  .openapi('EgressDestination');

export type EgressDestination = z.infer<typeof destinationSchema>;

/** Whether proxies' records hold what happened then. */
const proxiesSchema = z.enum(['covered', 'not-certain', 'not-collected']);

/** A destination of a process of which no proxy has a record. */
export const unrecordedSchema = z
  .object({
    kind: z.enum(['name-only', 'tried']),
    process: egressProcessSchema,
    destination: z.string(),
    port: z.number().nullable(),
    times: z.number(),
    first: momentSchema,
    last: momentSchema,
    proxies: proxiesSchema,
  })
  .openapi('EgressUnrecorded');

export type Unrecorded = z.infer<typeof unrecordedSchema>;

export const egressSchema = z
  .object({
    host: z.string(),
    asof: momentSchema,
    /** Of the host, whatever part is asked for. */
    records: z.number(),
    unexplained: z.number(),
    first: momentSchema,
    last: momentSchema,
    /** The first 20 that it had. */
    addresses: z.array(z.string()),
    addressesTotal: z.number(),
    logs: z.array(
      z.object({
        name: z.string(),
        records: z.number(),
        listens: z.array(z.string()),
        /** The sensor's clock against the log's, milliseconds; null: taken to agree, nothing to measure it by. */
        clock: z.object({ offsetMs: z.number(), spreadMs: z.number(), pairs: z.number() }).nullable(),
      }),
    ),
    /** The process that was asked for, where it is one. */
    process: z
      .object({
        process: egressProcessSchema,
        /** Whether its sensor may have missed connections. */
        sensor: z.object({ answer: answerKindSchema, reasons: z.array(reasonSchema) }),
        /** Null where its start is not known. */
        proxies: proxiesSchema.nullable(),
        /** Connections for which something speaks for it, and more for another process. */
        behind: z.object({ connections: z.number(), destinations: z.number() }),
      })
      .nullable(),
    /** Connections of the part that is asked for. */
    connections: z.number(),
    /** A page: those that no process explains first, then by verdict. */
    destinations: z.array(destinationSchema),
    destinationsTotal: z.number(),
    /** The first 100; of a host without process or text, none. */
    unrecorded: z.array(unrecordedSchema),
    unrecordedTotal: z.number(),
  })
  .openapi('Egress');

export type Egress = z.infer<typeof egressSchema>;

/** What speaks for a process; times in milliseconds, negative where the other order holds. */
export const forReasonSchema = z
  .object({
    kind: z.enum([
      'same-four-values',
      'same-connection-before',
      'named',
      'connected-then',
      'user-agent',
      'user',
      'alive-at-every-contact',
      'first-contact-after-start',
    ]),
    /** Of `named`. */
    via: z.enum(['dns', 'dns-answer', 'command-line', 'script', 'download']).nullable(),
    /** Of `named`: the whole URL. */
    whole: z.boolean(),
    ms: z.number().nullable(),
    contacts: z.number().nullable(),
  })
  .openapi('EgressForReason');

export type ForReason = z.infer<typeof forReasonSchema>;

const againstReasonSchema = z.enum([
  'user-agent-of-another-program',
  'another-user',
  'others-recorded-not-this',
]);

export type AgainstReason = z.infer<typeof againstReasonSchema>;

export const candidateSchema = z
  .object({
    process: egressProcessSchema,
    score: z.number(),
    for: z.array(forReasonSchema),
    against: z.array(againstReasonSchema),
  })
  .openapi('EgressCandidate');

export type EgressCandidate = z.infer<typeof candidateSchema>;

export const connectionSchema = z
  .object({
    /** `GET /api/events/{id}` has it as recorded. */
    eventId: z.string(),
    time: momentSchema,
    product: z.string(),
    log: z.string(),
    client: z.string(),
    clientPort: z.number().nullable(),
    hosts: z.array(z.string()),
    hostSure: z.boolean(),
    destination: z.string().nullable(),
    port: z.number().nullable(),
    serverAddress: z.string().nullable(),
    method: z.string().nullable(),
    /** Cut at 4,000 UTF-16 units, as the user agent is. */
    url: z.string().nullable(),
    status: z.number().nullable(),
    bytesOut: z.number().nullable(),
    bytesIn: z.number().nullable(),
    contentType: z.string().nullable(),
    user: z.string().nullable(),
    userAgent: z.string().nullable(),
    category: z.string().nullable(),
    verdict: verdictSchema,
    tier: tierSchema.nullable(),
    standing: z.enum(['only', 'likeliest', 'undecided', 'none']),
    explained: z.boolean(),
    competing: z.number(),
    /** The likeliest; `competing` counts all others. */
    candidates: z.array(candidateSchema),
  })
  .openapi('EgressConnection');

export type EgressConnection = z.infer<typeof connectionSchema>;

export const egressConnectionsSchema = z
  .object({ connections: z.array(connectionSchema), total: z.number() })
  .openapi('EgressConnections');

export type EgressConnections = z.infer<typeof egressConnectionsSchema>;

/** What the traffic of processes came to, for a mark in the tree. */
export const egressMarksSchema = z
  .object({
    host: z.string(),
    /** At most 20,000; processes beyond are counted. */
    marks: z.array(
      z.object({
        id: z.string(),
        /** Of connections that it was recorded making, or whose destination it named. */
        explained: z.array(verdictCountSchema),
        /** Of connections for which it is no more than the likeliest candidate. */
        possible: z.array(verdictCountSchema),
      }),
    ),
    leftOut: z.number(),
  })
  .openapi('EgressMarks');

export type EgressMarks = z.infer<typeof egressMarksSchema>;
