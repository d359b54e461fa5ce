import { z } from '@hono/zod-openapi';
import { evidencePhrases } from '../../evidence/evidence-phrase.ts';

/** A line about an event in its pieces, for a wording in another language: what is put in at each `%s`, null not recorded. */
export const saidSchema = z
  .array(z.object({ phrase: z.enum(evidencePhrases), parts: z.array(z.string().nullable()) }))
  .openapi('Said');

export type Said = z.infer<typeof saidSchema>;

export type SaidPhrase = Said[number]['phrase'];
