import { z } from '@hono/zod-openapi';
import { answerKindSchema, basisSchema, flagSchema, gradeSchema, reasonSchema } from './reason.ts';
import { saidSchema } from './said.ts';
import { momentSchema } from './time.ts';
import { evidenceSlots, momentParameter, timezoneParameter } from './tree.ts';

export const processQuerySchema = z.object({
  host: z.string().min(1).max(1_000),
  id: z.string().min(1).max(4_000),
  asof: momentParameter.optional(),
  timezone: timezoneParameter,
});

/** A process in few words, to be named and linked to. */
export const processBriefSchema = z
  .object({
    id: z.string(),
    pid: z.number().nullable(),
    name: z.string(),
    image: z.string().nullable(),
    start: momentSchema,
    end: momentSchema,
    basis: basisSchema,
  })
  .openapi('ProcessBrief');

export type ProcessBrief = z.infer<typeof processBriefSchema>;

/** An event that tells of the process: a column of the identity table. */
export const sensorSchema = z
  .object({
    /** `Sysmon 1`. */
    label: z.string(),
    product: z.string(),
    eventCode: z.string().nullable(),
    /** `start`, `end`, or `child`: the start of a child that names it. */
    role: z.enum(['start', 'end', 'child', 'other']),
    eventId: z.string(),
    time: momentSchema,
    arrival: momentSchema,
  })
  .openapi('Sensor');

export type SensorColumn = z.infer<typeof sensorSchema>;

export const identityFieldNames = [
  'start',
  'end',
  'pid',
  'guid',
  'user',
  'logonId',
  'integrityLevel',
  'image',
  'commandLine',
  'sha256',
  'parentPid',
  'parentGuid',
  'parentImage',
  'parentCommandLine',
] as const;

export const identityFieldSchema = z
  .object({
    field: z.enum(identityFieldNames),
    /** What is shown for the process; null where nothing says it. */
    value: z.string().nullable(),
    disagrees: z.boolean(),
    /** In the order of `sensors`. */
    says: z.array(
      z.object({
        kind: z.enum(['says', 'differs', 'silent']),
        /** Its own words, where they differ or are written in another way. */
        value: z.string().nullable(),
        /** For times: how far after the value that is shown. */
        apartMs: z.number().nullable(),
      }),
    ),
  })
  .openapi('IdentityField');

export type IdentityField = z.infer<typeof identityFieldSchema>;

export const candidateSchema = z
  .object({
    process: processBriefSchema,
    /** Whether it is the one that is drawn as the parent. */
    shown: z.boolean(),
    /** Milliseconds from its start to the start of the child; negative: it started after the child. */
    deltaMs: z.number().nullable(),
    for: z.array(reasonSchema),
    against: z.array(reasonSchema),
  })
  .openapi('ParentCandidate');

export type ParentCandidate = z.infer<typeof candidateSchema>;

export const parentLinkSchema = z
  .object({
    grade: gradeSchema,
    /** What the grade means. */
    meaning: z.string(),
    parent: processBriefSchema.nullable(),
    deltaMs: z.number().nullable(),
    reasons: z.array(reasonSchema),
    candidates: z.array(candidateSchema),
  })
  .openapi('ParentLink');

/** A stretch of the strip in which "nothing" cannot be said, or still may change. */
export const stripStretchSchema = z
  .object({
    kind: z.enum([
      'gap',
      'dropped',
      'not-collected',
      'settling',
      'before-log',
      'after-log',
      'cleared',
      'stopped',
    ]),
    from: momentSchema,
    to: momentSchema,
    reason: reasonSchema,
  })
  .openapi('StripStretch');

export const evidenceClassSchema = z
  .object({
    class: z.string(),
    label: z.string(),
    /** The slot of a tree's row that counts it. */
    slot: z.enum(evidenceSlots).nullable(),
    /** `names-no-process`: events of this class can be hung on no process. */
    answer: z.union([answerKindSchema, z.literal('names-no-process')]),
    count: z.number(),
    atLeast: z.boolean(),
    byGrade: z.record(z.string(), z.number()),
    /** `sysmon 11` → how many. */
    bySource: z.record(z.string(), z.number()),
    first: momentSchema,
    last: momentSchema,
    reasons: z.array(reasonSchema),
    /** Events by part of the axis; empty where there are none. */
    counts: z.array(z.number()),
    stretches: z.array(stripStretchSchema),
  })
  .openapi('EvidenceClass');

export type EvidenceClassMessage = z.infer<typeof evidenceClassSchema>;

/** `GET /api/process`. */
export const processPanelSchema = z
  .object({
    id: z.string(),
    host: z.string(),
    asof: momentSchema,
    pid: z.number().nullable(),
    guid: z.string().nullable(),
    name: z.string(),
    image: z.string().nullable(),
    earlierImages: z.array(z.string()),
    /** Whole, up to 1,048,576 UTF-16 units; `length` is that of the whole. */
    commandLine: z.object({ text: z.string(), length: z.number() }).nullable(),
    user: z.string().nullable(),
    integrityLevel: z.string().nullable(),
    logonId: z.string().nullable(),
    start: momentSchema,
    startFrom: z.enum(['start-event', 'guid', 'seen-since']).nullable(),
    end: momentSchema,
    basis: basisSchema,
    /** Why it was not seen being created; empty where it was. */
    unseen: z.array(reasonSchema),
    flags: z.array(flagSchema),
    identity: z.object({
      sensors: z.array(sensorSchema),
      /** Events that tell of it beyond those in `sensors`. */
      sensorsLeftOut: z.number(),
      fields: z.array(identityFieldSchema),
      disagreements: z.number(),
    }),
    parent: parentLinkSchema,
    ancestors: z.array(processBriefSchema),
    children: z.object({
      count: z.number(),
      /** All processes below it. */
      descendants: z.number(),
      flagged: z.number(),
      /** The first 50. */
      first: z.array(processBriefSchema),
    }),
    evidence: z.object({
      /** The lifetime, as far as it is known: an open start is the host's first event, an open end the last. */
      axis: z.object({ from: momentSchema, to: momentSchema, parts: z.number(), partSeconds: z.number() }),
      classes: z.array(evidenceClassSchema),
      events: z.number(),
    }),
    files: z.object({
      /** The first 50, in order of time. */
      first: z.array(
        z.object({
          path: z.string(),
          class: z.string(),
          label: z.string(),
          time: momentSchema,
          eventId: z.string(),
        }),
      ),
      total: z.number(),
    }),
  })
  .openapi('ProcessPanel');

export type ProcessPanel = z.infer<typeof processPanelSchema>;

export const processEventsQuerySchema = processQuerySchema.extend({
  /** Names of classes with commas between; absent: all. */
  class: z.string().max(1_000).optional(),
  /** `next` of the page before. */
  after: z.string().max(4_000).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

export const evidenceEventSchema = z
  .object({
    /** `GET /api/events/{id}` has it as recorded. */
    id: z.string(),
    time: momentSchema,
    arrival: momentSchema,
    class: z.string(),
    label: z.string(),
    side: z.enum(['actor', 'target', 'parent', 'user']),
    grade: z.enum(['exact', 'probable', 'ambiguous']),
    reasons: z.array(reasonSchema),
    product: z.string(),
    eventCode: z.string().nullable(),
    /** What happened, as recorded; cut at 4,000 UTF-16 units. */
    summary: z.string(),
    said: saidSchema,
    /** The file that it speaks of, for the file history. */
    path: z.string().nullable(),
  })
  .openapi('EvidenceEvent');

export type EvidenceEventMessage = z.infer<typeof evidenceEventSchema>;

export const processEventsSchema = z
  .object({
    events: z.array(evidenceEventSchema),
    /** Null: this was the last page. */
    next: z.string().nullable(),
    total: z.number(),
  })
  .openapi('ProcessEvents');

export type ProcessEvents = z.infer<typeof processEventsSchema>;

/** `GET /api/file?path&host&asof`: what all processes did with a file. `path` may be the end of a path. */
export const fileQuerySchema = z.object({
  path: z.string().min(1).max(4_000),
  host: z.string().max(1_000).optional(),
  asof: momentParameter.optional(),
  timezone: timezoneParameter,
});

const fileAnswerSchema = z.object({
  answer: answerKindSchema,
  /** Events that say yes. */
  events: z.array(z.string()),
  reasons: z.array(reasonSchema),
});

export const fileEntrySchema = z
  .object({
    id: z.string(),
    time: momentSchema,
    arrival: momentSchema,
    role: z.enum([
      'created',
      'downloaded',
      'requested',
      'stream',
      'time-changed',
      'accessed',
      'blocked',
      'run',
      'loaded',
      'named',
      'deleted',
    ]),
    path: z.string().nullable(),
    process: z.object({
      pid: z.string().nullable(),
      guid: z.string().nullable(),
      image: z.string().nullable(),
      user: z.string().nullable(),
    }),
    product: z.string(),
    eventCode: z.string().nullable(),
    summary: z.string(),
    said: saidSchema,
    zone: z
      .object({
        zone: z.string().nullable(),
        hostUrl: z.string().nullable(),
        referrerUrl: z.string().nullable(),
      })
      .nullable(),
  })
  .openapi('FileEntry');

export type FileEntryMessage = z.infer<typeof fileEntrySchema>;

export const fileHistorySchema = z
  .object({
    path: z.string(),
    hosts: z.array(
      z.object({
        host: z.string(),
        answers: z.object({
          created: fileAnswerSchema,
          downloaded: fileAnswerSchema,
          run: fileAnswerSchema,
          renamed: fileAnswerSchema,
          deleted: fileAnswerSchema,
        }),
        sameContent: z.array(
          z.object({ path: z.string(), hash: z.string(), first: momentSchema, events: z.number() }),
        ),
        /** At most 2,000, in order of time; `entriesTotal` has the number. */
        entries: z.array(fileEntrySchema),
        entriesTotal: z.number(),
      }),
    ),
    /** Hosts beyond the first 200. */
    hostsLeftOut: z.number(),
    /** True where more events may tell of it than are read; the earliest are here. */
    cut: z.boolean(),
  })
  .openapi('FileHistory');

export type FileHistoryMessage = z.infer<typeof fileHistorySchema>;
