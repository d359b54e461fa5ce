import { z } from '@hono/zod-openapi';
import { answerKindSchema, flagSchema, reasonSchema } from './reason.ts';
import { momentSchema } from './time.ts';

/** Most positions of one `rows` request. */
export const mostRows = 500;

/** Longest command line, path or name in a row; the process panel has all of it. */
export const longestInRow = 2_000;

/** `GET /api/hosts`: one host; those with process starts come first. */
export const hostSummarySchema = z
  .object({
    host: z.string(),
    events: z.number(),
    processStarts: z.number(),
    first: momentSchema,
    last: momentSchema,
  })
  .openapi('HostSummary');

export type HostSummary = z.infer<typeof hostSummarySchema>;

export const hostsQuerySchema = z.object({
  /** Text in the host's name. */
  match: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
});

export const hostListSchema = z
  .object({ hosts: z.array(hostSummarySchema), total: z.number() })
  .openapi('HostList');

export type HostList = z.infer<typeof hostListSchema>;

/** `GET /api/hosts/{host}/starts`: as recorded and in order of time, for the while in which the tree is made. */
export const firstStartsSchema = z
  .object({
    /** Process starts that the store has of the host. */
    total: z.number(),
    starts: z.array(
      z.object({
        time: momentSchema,
        pid: z.string().nullable(),
        name: z.string(),
        user: z.string().nullable(),
        /** Its first 1,000 characters. */
        commandLine: z.string().nullable(),
      }),
    ),
  })
  .openapi('FirstStarts');

export type FirstStarts = z.infer<typeof firstStartsSchema>;

/** A moment in a request: an SPL time modifier (`-30m`, `@d`), ISO 8601, or epoch seconds. */
export const momentParameter = z.string().min(1).max(100);

/** IANA name; only texts that are made by the server are in it, moments in JSON are UTC. */
export const timezoneParameter = z.string().max(64).default('UTC');

/** Which processes of a host are asked for. At most one of match, pid, guid, id and around; none of them is the whole host. */
export const treeSelectionSchema = z.object({
  /** Its name, or its name without domain where only one has it. */
  host: z.string().min(1).max(1_000),
  /** Families of the processes with this text in program or command line. */
  match: z.string().min(1).max(10_000).optional(),
  pid: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional(),
  /** With `pid`: the process that bore the id then. */
  at: momentParameter.optional(),
  guid: z.string().min(1).max(200).optional(),
  /** A process by the id that this API gives it. */
  id: z.string().min(1).max(4_000).optional(),
  /** The process with this id and everything below it, without its ancestors: it is the root. */
  focus: z.string().min(1).max(4_000).optional(),
  /** What started or ended on the host within `minutes` of this moment, with its ancestors. */
  around: momentParameter.optional(),
  minutes: z.coerce.number().min(0.1).max(10_000).default(15),
});

export const treeQuerySchema = treeSelectionSchema.extend({
  /** Only events that had arrived by then; absent: all that have arrived. */
  asof: momentParameter.optional(),
  timezone: timezoneParameter,
});

const numbers = z.array(z.number());

/**
 * Processes in the order of the tree (each before its children, siblings by start), an entry a process; `position` is the
 * index in these arrays.
 */
export const treeColumnsSchema = z
  .object({
    /** -1 where it is not known. */
    pid: numbers,
    /** Position of the parent, -1 for a root. */
    parent: numbers,
    depth: numbers,
    /** Of the link to the parent: 0 exact, 1 probable, 2 ambiguous, 3 claimed, 4 none. */
    grade: numbers,
    /** 0 started (seen being created), 1 seen (acting), 2 claimed (only children speak of it). */
    basis: numbers,
    /** Milliseconds after `base`, null where unknown. */
    start: z.array(z.number().nullable()),
    /** What told the start: 0 a start event, 1 the second in the GUID, 2 seen running since then, 3 nothing. */
    startFrom: numbers,
    /** Milliseconds after `base`; null: no exit was recorded. */
    end: z.array(z.number().nullable()),
    /** Index in `names`. */
    name: numbers,
    /** Index in `users`, -1 where it is not known. */
    user: numbers,
    /** Number of the group of alike siblings (same program, normalised command line and branch, none flagged), else -1. */
    fold: numbers,
    /** Highest of its flags: 0 none, 1 low, 2 medium, 3 high, 4 critical. */
    severity: numbers,
    flags: numbers,
    /** Processes that could be its parent; 0 where there was no choice. */
    candidates: numbers,
    /** Fields on which sensors disagree. */
    disagreements: numbers,
    /** 1: it was asked for; 0: a relative. */
    matched: numbers,
    /** Processes of the host directly below it that are not part of this tree. */
    leftOut: numbers,
  })
  .openapi('TreeColumns');

export const gradeCountsSchema = z.object({
  exact: z.number(),
  probable: z.number(),
  ambiguous: z.number(),
  claimed: z.number(),
  none: z.number(),
});

/** Whether "no" can be said for a class of events on this host over the time of the tree. */
export const classFactSchema = z
  .object({
    class: z.string(),
    label: z.string(),
    /** `no`: it was collected without a gap, so that where there is no event there was nothing. */
    answer: answerKindSchema.exclude(['yes']),
    /** Whether that is `no`. */
    certain: z.boolean(),
    reasons: z.array(reasonSchema),
  })
  .openapi('ClassFact');

/** How late events of the host's process log arrive. Seconds. */
export const latenessSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('unknown') }),
    /** All arrived at once, as an ingest of files does: nothing can be told from it. */
    z.object({ kind: z.literal('at-once') }),
    z.object({
      kind: z.literal('measured'),
      p50: z.number(),
      p95: z.number(),
      p99: z.number(),
      most: z.number(),
    }),
  ])
  .openapi('Lateness');

export type LatenessMessage = z.infer<typeof latenessSchema>;

export const treeFactsSchema = z
  .object({
    /** Of the processes in `columns`. */
    grades: gradeCountsSchema,
    flagged: z.number(),
    /** Links whose parent is in doubt: ambiguous or claimed or probable. */
    doubtful: z.number(),
    /** First and last event of the host. */
    span: z.object({ first: momentSchema, last: momentSchema }),
    /** Events of the host that the tree was made from, and how many of them are starts and exits. */
    scanned: z.object({ events: z.number(), starts: z.number(), ends: z.number() }),
    coverage: z.object({
      /** What recorded process starts and what of them may be missing; English. */
      lines: z.array(z.string()),
      certain: z.number(),
      of: z.number(),
      classes: z.array(classFactSchema),
    }),
    settling: z.object({
      /** Whether more may still come. */
      is: z.boolean(),
      /** From here on; null where it is not settling, or where it cannot be told. */
      since: momentSchema,
      reasons: z.array(reasonSchema),
      lateness: latenessSchema,
    }),
  })
  .openapi('TreeFacts');

export type TreeFacts = z.infer<typeof treeFactsSchema>;

export const treeSchema = z
  .object({
    /** Names host, moment and selection for the other routes of this tree. */
    key: z.string(),
    host: z.string(),
    /** What the host was called by, where that was its short name. */
    calledBy: z.string().nullable(),
    /** Hosts that may be the same computer under another name; their events are not here. */
    alike: z.array(z.string()),
    /** The moment that was asked for, null: all that had arrived. */
    asof: momentSchema,
    /** The server's clock. */
    now: momentSchema,
    /** Arrival of the last event of the host that is in the tree. */
    arrived: momentSchema,
    selection: z.object({
      kind: z.enum(['all', 'text', 'pid', 'guid', 'id', 'focus', 'around']),
      text: z.string().nullable(),
    }),
    /** Positions of what was asked for: at most 1,000, `matchedTotal` has the number. */
    matched: z.array(z.number()),
    matchedTotal: z.number(),
    /** Processes in `columns`, and of the whole host. */
    size: z.number(),
    total: z.number(),
    /** What `start` and `end` count from. */
    base: z.string(),
    names: z.array(z.string()),
    users: z.array(z.string()),
    columns: treeColumnsSchema,
    facts: treeFactsSchema,
  })
  .openapi('Tree');

export type Tree = z.infer<typeof treeSchema>;

export const treeKeyParameter = z.object({ key: z.string().min(1).max(20_000) });

/** The six slots of a row, in their order. */
export const evidenceSlots = ['files', 'registry', 'network', 'dns', 'modules', 'injected'] as const;

export type EvidenceSlotName = (typeof evidenceSlots)[number];

export const evidenceSlotSchema = z
  .object({
    answer: answerKindSchema,
    count: z.number(),
    /** Some may be missing: `3+`. */
    atLeast: z.boolean(),
    /** The most telling one, if there is any: the process panel has all. */
    reasons: z.array(reasonSchema),
  })
  .openapi('EvidenceSlot');

export type EvidenceSlot = z.infer<typeof evidenceSlotSchema>;

export const rowsOfTreeQuerySchema = z.object({
  /** `1,2,5-40`; at most 500 positions. */
  positions: z.string().min(1).max(10_000),
  timezone: timezoneParameter,
});

/** A text of a log, cut at `longestInRow` UTF-16 units; `length` is the whole length. */
const cutText = z.object({ text: z.string(), length: z.number() });

export const treeRowSchema = z
  .object({
    position: z.number(),
    id: z.string(),
    pid: z.number().nullable(),
    guid: z.string().nullable(),
    image: z.string().nullable(),
    /** Programs that it was before, oldest first (exec). */
    earlierImages: z.array(z.string()),
    commandLine: cutText.nullable(),
    user: z.string().nullable(),
    integrityLevel: z.string().nullable(),
    start: momentSchema,
    end: momentSchema,
    /** Event ids that speak of it, at most 8; the first is shown as recorded. */
    events: z.array(z.string()),
    evidence: z.object({
      files: evidenceSlotSchema,
      registry: evidenceSlotSchema,
      network: evidenceSlotSchema,
      dns: evidenceSlotSchema,
      modules: evidenceSlotSchema,
      injected: evidenceSlotSchema,
    }),
    flags: z.array(flagSchema),
    /** Why the link to its parent has its grade. */
    link: z.array(reasonSchema),
    /** Why it was not seen being created; empty where it was. */
    unseen: z.array(reasonSchema),
  })
  .openapi('TreeRow');

export type TreeRow = z.infer<typeof treeRowSchema>;

export const treeRowsSchema = z.object({ rows: z.array(treeRowSchema) }).openapi('TreeRows');

export type TreeRows = z.infer<typeof treeRowsSchema>;

export const findInTreeQuerySchema = z.object({
  /** Anywhere in program, command line or user in any letter case, or the whole process id. */
  text: z.string().min(1).max(10_000),
});

export const foundInTreeSchema = z
  .object({
    /** In the order of the tree; all of them. */
    positions: z.array(z.number()),
    /** Processes that were looked through. */
    scanned: z.number(),
  })
  .openapi('FoundInTree');

export type FoundInTree = z.infer<typeof foundInTreeSchema>;

export const treeTextQuerySchema = z.object({
  timezone: timezoneParameter,
  /** `plain` leaves reasons and notes out; `full` is what `keizu tree` writes. */
  form: z.enum(['ticket', 'full']).default('ticket'),
  /** Only this process, its ancestors and what is below it. */
  focus: z.string().max(4_000).optional(),
  /** Makes addresses in command lines unclickable: `hxxp://a[.]example`. */
  defang: z.enum(['yes', 'no']).default('yes'),
});

export const treeExportQuerySchema = z.object({
  format: z.enum(['json', 'csv']).default('json'),
  evidence: z.enum(['yes', 'no']).default('no'),
  timezone: timezoneParameter,
});

/** What arrived since a tree was made. */
export const treeChangesSchema = z
  .object({
    /** Events of the host. */
    events: z.number(),
    added: z.number(),
    removed: z.number(),
    changed: z.number(),
    relinked: z.number(),
    regraded: z.number(),
    /** Arrival of the last event in the tree, and of the last there is now. */
    since: momentSchema,
    asof: momentSchema,
  })
  .openapi('TreeChanges');

export type TreeChanges = z.infer<typeof treeChangesSchema>;

/** Data of the event `arrivals` of `GET /api/hosts/{host}/live` (SSE): at first, and whenever events have arrived. */
export const hostArrivalsSchema = z
  .object({ host: z.string(), events: z.number(), arrived: momentSchema })
  .openapi('HostArrivals');

export type HostArrivals = z.infer<typeof hostArrivalsSchema>;
