import { z } from '@hono/zod-openapi';

/**
 * Why something is as it is. The page words it by `code` and `values`, in its language and zone, and falls back to `text`, an
 * English sentence or part of one whose times are in the zone of the request. Texts of logs stand in it as recorded.
 */
export const reasonSchema = z
  .object({
    code: z.string().openapi({ example: 'loss.dropped' }),
    text: z.string(),
    /** What the wording names: counts, channels, images; moments as ISO 8601. */
    values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
  })
  .openapi('Reason');

export type ReasonMessage = z.infer<typeof reasonSchema>;

export const answerKindSchema = z.enum(['yes', 'no', 'not-certain', 'not-collected']);

export const gradeSchema = z.enum(['exact', 'probable', 'ambiguous', 'claimed', 'none']);

export const basisSchema = z.enum(['started', 'seen', 'claimed']);

export const severitySchema = z.enum(['low', 'medium', 'high', 'critical']);

/** Something unusual about a process. */
export const flagSchema = z
  .object({ code: z.string(), severity: severitySchema, reason: reasonSchema })
  .openapi('Flag');
