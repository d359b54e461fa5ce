import { z } from '@hono/zod-openapi';
import { searchTextSchema } from './search.ts';
import { momentSchema } from './time.ts';

export const huntStepSchema = z
  .object({
    title: z.string().max(500),
    text: searchTextSchema,
    /** As typed: a time modifier or ISO 8601. */
    earliest: z.string().max(100).nullable(),
    latest: z.string().max(100).nullable(),
  })
  .openapi('HuntStep');

export type HuntStep = z.infer<typeof huntStepSchema>;

/** `POST /api/hunts`: without `id` a new hunt is made, with it that one is replaced. */
export const newHuntSchema = z
  .object({
    id: z.string().max(64).optional(),
    name: z.string().min(1).max(200),
    steps: z.array(huntStepSchema).max(200),
  })
  .openapi('NewHunt');

export type NewHunt = z.infer<typeof newHuntSchema>;

export const huntSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    steps: z.array(huntStepSchema),
    updated: momentSchema,
    user: z.string(),
  })
  .openapi('Hunt');

export type Hunt = z.infer<typeof huntSchema>;

export const huntsSchema = z.object({ hunts: z.array(huntSchema) }).openapi('Hunts');

export type Hunts = z.infer<typeof huntsSchema>;
