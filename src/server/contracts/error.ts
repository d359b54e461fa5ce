import { z } from '@hono/zod-openapi';

/**
 * A message about a search. The page words it by `code` and `parameters` (`diagnostics.ts`) in its language and falls back to the
 * English `message` and `hint`. `from` and `to` are UTF-16 offsets in its text, null where it speaks of no place.
 */
export const diagnosticSchema = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'note']),
    message: z.string(),
    hint: z.string().nullable(),
    parameters: z.record(z.string(), z.unknown()),
    from: z.number().int().nullable(),
    to: z.number().int().nullable(),
  })
  .openapi('Diagnostic');

export type DiagnosticMessage = z.infer<typeof diagnosticSchema>;

/** What every failed request answers, whatever its status. */
export const failureSchema = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: 'bad-request' }),
      message: z.string(),
      hint: z.string().optional(),
      /** What a wording of the code names; the page words it in its language, `message` is English. */
      values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      diagnostics: z.array(diagnosticSchema).optional(),
    }),
  })
  .openapi('Failure');

export type Failure = z.infer<typeof failureSchema>;
