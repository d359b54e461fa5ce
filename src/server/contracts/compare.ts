import { z } from '@hono/zod-openapi';
import { processBriefSchema } from './process.ts';
import { basisSchema, flagSchema, gradeSchema, reasonSchema } from './reason.ts';
import { momentSchema } from './time.ts';
import {
  latenessSchema,
  momentParameter,
  timezoneParameter,
  treeSchema,
  treeSelectionSchema,
} from './tree.ts';

/**
 * `GET /api/tree/compare`: the tree of a simple join on the process id beside the right one. `first` takes the first process
 * that had the id, `latest` the last that started before the child, `holder` the one that bore the id last of all, however
 * late: what a product draws that knows one process an id.
 */
export const compareQuerySchema = treeSelectionSchema.extend({
  method: z.enum(['first', 'latest', 'holder']).default('first'),
  asof: momentParameter.optional(),
  timezone: timezoneParameter,
});

export const movedLinkSchema = z
  .object({
    process: processBriefSchema,
    /** Positions in the two trees; null where it is in one only. */
    left: z.number().nullable(),
    right: z.number().nullable(),
    /**
     * `moved` to another parent; `invented`: a parent was chosen where the true one was not seen; `cut`: it has a parent and
     * none on the left; `not-on-left`: the process itself has no place there.
     */
    verdict: z.enum(['moved', 'invented', 'cut', 'not-on-left']),
    naiveParent: processBriefSchema.nullable(),
    parent: processBriefSchema.nullable(),
    /** Milliseconds from the start of the naive parent to that of the child; negative: the parent started after it. */
    naiveDeltaMs: z.number().nullable(),
    grade: gradeSchema,
    reasons: z.array(reasonSchema),
    /** The event that tells of its start. */
    eventId: z.string().nullable(),
  })
  .openapi('MovedLink');

export type MovedLink = z.infer<typeof movedLinkSchema>;

/** Who bore a process id, in order of time, and the children that name it as their parent's. */
export const pidHoldersSchema = z
  .object({
    pid: z.number(),
    holders: z.array(processBriefSchema),
    holdersLeftOut: z.number(),
    children: z.array(
      z.object({ process: processBriefSchema, parent: z.string(), naiveParent: z.string().nullable() }),
    ),
    childrenLeftOut: z.number(),
  })
  .openapi('PidHolders');

export type PidHolders = z.infer<typeof pidHoldersSchema>;

export const comparisonSchema = z
  .object({
    method: z.enum(['first', 'latest', 'holder']),
    left: treeSchema,
    right: treeSchema,
    /** By position on the left: the position of the same process on the right, -1 where it is not there. */
    leftToRight: z.array(z.number()),
    counts: z.object({
      same: z.number(),
      moved: z.number(),
      invented: z.number(),
      cut: z.number(),
      notOnLeft: z.number(),
      /** Links on the left whose parent started after its child. */
      parentAfterChild: z.number(),
    }),
    /** The first 500, in the order of the right tree. */
    moved: z.array(movedLinkSchema),
    movedLeftOut: z.number(),
    /** For the process ids that moved links name: at most 20. */
    holders: z.array(pidHoldersSchema),
    holdersLeftOut: z.number(),
  })
  .openapi('Comparison');

export type Comparison = z.infer<typeof comparisonSchema>;

/** `GET /api/tree/difference`: what changed between two moments. */
export const differenceQuerySchema = treeSelectionSchema.extend({
  /** Absent: five minutes before the last start in the tree. */
  from: momentParameter.optional(),
  /** Absent: all that has arrived. */
  to: momentParameter.optional(),
  /** `changed`: only what differs, with its ancestors. */
  rows: z.enum(['all', 'changed']).default('all'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
  timezone: timezoneParameter,
});

export const differenceSideSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  depth: z.number(),
  grade: gradeSchema,
  basis: basisSchema,
  name: z.string(),
  pid: z.number().nullable(),
  image: z.string().nullable(),
  start: momentSchema,
  end: momentSchema,
});

export const changeKindSchema = z.enum(['added', 'removed', 'changed', 'relinked', 'regraded']);

export const differenceRowSchema = z
  .object({
    /** The id now; of a removed process the id then. */
    id: z.string(),
    changes: z.array(changeKindSchema),
    before: differenceSideSchema.nullable(),
    after: differenceSideSchema.nullable(),
    /** Fields that have another value. */
    fields: z.array(
      z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
    flags: z.array(flagSchema),
    /** Arrival of the first event that tells of its start, else of any that speaks of it. */
    arrived: momentSchema,
    /** Arrival less event time of that event; null where arrivals say nothing, as after an ingest of old files. */
    lateSeconds: z.number().nullable(),
    reasons: z.array(reasonSchema),
  })
  .openapi('DifferenceRow');

export type DifferenceRow = z.infer<typeof differenceRowSchema>;

export const differenceSchema = z
  .object({
    host: z.string(),
    from: momentSchema,
    to: momentSchema,
    /** Keys of the trees then and now, for their rows; null where nothing of it was there. */
    beforeKey: z.string().nullable(),
    afterKey: z.string().nullable(),
    summary: z.object({
      before: z.number(),
      after: z.number(),
      added: z.number(),
      addedFlagged: z.number(),
      removed: z.number(),
      changed: z.number(),
      relinked: z.number(),
      regraded: z.number(),
    }),
    /** In the order of the later tree; what was removed stands below its parent of then. */
    rows: z.array(differenceRowSchema),
    rowsTotal: z.number(),
    /** Process starts of the host by the moment of their arrival. */
    arrivals: z.object({
      from: momentSchema,
      to: momentSchema,
      bucketSeconds: z.number(),
      counts: z.array(z.number()),
    }),
    settling: z.object({ is: z.boolean(), lateness: latenessSchema }),
  })
  .openapi('Difference');

export type Difference = z.infer<typeof differenceSchema>;
