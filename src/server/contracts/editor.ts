import { z } from '@hono/zod-openapi';
import { explainHeadings } from '../../views/explain-text.ts';
import { diagnosticSchema } from './error.ts';
import { searchTextSchema } from './search.ts';
import { momentSchema } from './time.ts';

/** A piece of a search with its part of speech; offsets in UTF-16 units. */
export const tokenKindSchema = z.string().openapi({
  description: 'pipe, command, comment, word, number, string, quoted-field, operator, open, close …',
});

export const checkRequestSchema = z
  .object({ text: searchTextSchema, timezone: z.string().max(64).optional() })
  .openapi('CheckRequest');

export const checkSchema = z
  .object({
    tokens: z.array(z.object({ from: z.number().int(), to: z.number().int(), kind: tokenKindSchema })),
    diagnostics: z.array(diagnosticSchema),
  })
  .openapi('Check');

export type Check = z.infer<typeof checkSchema>;

export const completeRequestSchema = z
  .object({ text: searchTextSchema, at: z.number().int().min(0) })
  .openapi('CompleteRequest');

export const completionSchema = z
  .object({
    label: z.string(),
    kind: z.enum(['command', 'function', 'field', 'value', 'option', 'macro']),
    /** What is put in the text's place from `from` on, where it is not the label: a quoted value. */
    insert: z.string().optional(),
    /** Its syntax. */
    detail: z.string().optional(),
    /** What it does. */
    info: z.string().optional(),
    /** What `info` is about, for a wording in another language: `command stats`, `option stats delim`, `function if`. */
    topic: z.string().optional(),
    /** Events with the field or the value; null where every event has the field. */
    events: z.number().nullable().optional(),
    /** The field whose other name this is. */
    aliasOf: z.string().optional(),
    /** Whether the search itself makes the field. */
    made: z.boolean().optional(),
  })
  .openapi('Completion');

export type Completion = z.infer<typeof completionSchema>;

/** `from`: where the piece that is completed begins. */
export const completionsSchema = z
  .object({ from: z.number().int(), options: z.array(completionSchema) })
  .openapi('Completions');

export type Completions = z.infer<typeof completionsSchema>;

export const explainRequestSchema = z
  .object({
    text: searchTextSchema,
    earliest: z.string().max(100).optional(),
    latest: z.string().max(100).optional(),
    timezone: z.string().max(64).optional(),
  })
  .openapi('ExplainRequest');

export const explainSchema = z
  .object({
    /** The forms of the search, in their order; of a faulty one those that it has. */
    sections: z.array(
      z.object({
        heading: z.enum(explainHeadings),
        /** Which command the rows of `sql-operator` go to, as SPL. */
        operator: z.string().nullable(),
        /** Of `fields-read` names with commas between: `*` is every field, empty none by name. */
        text: z.string(),
      }),
    ),
    /** Why there are no more. */
    diagnostics: z.array(diagnosticSchema),
  })
  .openapi('Explanation');

export type Explanation = z.infer<typeof explainSchema>;

/** `GET /api/fields?prefix=`: fields of the store, those of most events first. */
export const fieldsSchema = z
  .object({
    fields: z.array(z.object({ name: z.string(), events: z.number(), multivalue: z.boolean() })),
  })
  .openapi('Fields');

/** `GET /api/values?field=&prefix=`: values of a field, the most frequent first. */
export const valuesSchema = z
  .object({ values: z.array(z.object({ value: z.string(), events: z.number() })) })
  .openapi('Values');

/** `GET /api/history`: searches that the user ran, newest first, each text once. */
export const historyEntrySchema = z
  .object({
    id: z.string(),
    text: z.string(),
    earliest: z.string().nullable(),
    latest: z.string().nullable(),
    time: momentSchema,
    /** Null where the search did not end well. */
    rows: z.number().nullable(),
  })
  .openapi('HistoryEntry');

export type HistoryEntry = z.infer<typeof historyEntrySchema>;

export const historySchema = z.object({ entries: z.array(historyEntrySchema) }).openapi('History');

export type History = z.infer<typeof historySchema>;
