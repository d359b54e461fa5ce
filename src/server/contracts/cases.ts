import { z } from '@hono/zod-openapi';
import { processBriefSchema } from './process.ts';
import { saidSchema } from './said.ts';
import { momentSchema } from './time.ts';

export const longestNote = 20_000;
export const mostTags = 50;

const nameSchema = z.string().trim().min(1).max(300);
const tagsSchema = z.array(z.string().trim().min(1).max(100)).max(mostTags);

export const caseStatusSchema = z.enum(['open', 'closed']);

/** A case: what belongs to one investigation. */
export const caseSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    status: caseStatusSchema,
    tags: z.array(z.string()),
    createdBy: z.string(),
    created: momentSchema,
    updated: momentSchema,
    items: z.number(),
  })
  .openapi('Case');

export type Case = z.infer<typeof caseSchema>;

export const caseListSchema = z.object({ cases: z.array(caseSchema), total: z.number() }).openapi('CaseList');

export type CaseList = z.infer<typeof caseListSchema>;

export const newCaseSchema = z
  .object({
    name: nameSchema,
    description: z.string().max(longestNote).default(''),
    tags: tagsSchema.default([]),
  })
  .openapi('NewCase');

export type NewCase = z.input<typeof newCaseSchema>;

export const casePatchSchema = z
  .object({
    name: nameSchema.optional(),
    description: z.string().max(longestNote).optional(),
    status: caseStatusSchema.optional(),
    tags: tagsSchema.optional(),
  })
  .openapi('CasePatch');

export type CasePatch = z.input<typeof casePatchSchema>;

/** What a note is pinned to: evidence by its id, so that it stays with it whatever is ingested later. */
export const pinSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('process'),
      host: z.string().min(1).max(1_000),
      processId: z.string().min(1).max(4_000),
    }),
    z.object({
      kind: z.literal('event'),
      host: z.string().max(1_000).optional(),
      eventId: z.string().regex(/^[0-9a-f]{32}$/),
    }),
    /** To a state of the page: its link, without the origin. */
    z.object({
      kind: z.literal('view'),
      link: z
        .string()
        .regex(/^\/(?!\/)/)
        .max(10_000),
    }),
    z.object({ kind: z.literal('none') }),
  ])
  .openapi('Pin');

export type Pin = z.infer<typeof pinSchema>;

export const caseItemSchema = z
  .object({
    id: z.string(),
    caseId: z.string(),
    pin: pinSchema,
    text: z.string(),
    tags: z.array(z.string()),
    author: z.string(),
    created: momentSchema,
    updated: momentSchema,
  })
  .openapi('CaseItem');

export type CaseItem = z.infer<typeof caseItemSchema>;

export const newCaseItemSchema = z
  .object({ pin: pinSchema, text: z.string().max(longestNote).default(''), tags: tagsSchema.default([]) })
  .openapi('NewCaseItem');

export type NewCaseItem = z.input<typeof newCaseItemSchema>;

export const caseItemPatchSchema = z
  .object({ text: z.string().max(longestNote).optional(), tags: tagsSchema.optional() })
  .openapi('CaseItemPatch');

/** What an item is pinned to, as the store has it now; null where the store has it not. */
export const casePinnedSchema = z.object({
  process: processBriefSchema.extend({ commandLine: z.string().nullable(), host: z.string() }).nullable(),
  event: z
    .object({
      id: z.string(),
      time: momentSchema,
      host: z.string(),
      product: z.string(),
      eventCode: z.string().nullable(),
      summary: z.string(),
      said: saidSchema,
    })
    .nullable(),
});

/** `GET /api/cases/{id}`: the case with its items, in order of the time of what they are pinned to, then of their own. */
export const caseViewSchema = z
  .object({
    case: caseSchema,
    items: z.array(caseItemSchema.extend({ pinned: casePinnedSchema })),
  })
  .openapi('CaseView');

export type CaseView = z.infer<typeof caseViewSchema>;

/** `GET /api/notes?host=…`: items of all cases that are pinned to processes and events of a host, for marks in the tree. */
export const notesQuerySchema = z.object({
  host: z.string().max(1_000).optional(),
  processId: z.string().max(4_000).optional(),
  eventId: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
});

export const notesSchema = z
  .object({
    items: z.array(caseItemSchema.extend({ caseName: z.string() })),
    total: z.number(),
  })
  .openapi('Notes');

export type Notes = z.infer<typeof notesSchema>;
