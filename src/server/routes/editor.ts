import { createRoute, z } from '@hono/zod-openapi';
import { explainPlan } from '../../spl/explain.ts';
import { explainSyntax } from '../../spl/explain-syntax.ts';
import { highlightTokens } from '../../spl/highlight-tokens.ts';
import { planSearch } from '../../spl/run.ts';
import { SearchError } from '../../spl/search-error.ts';
import { sqlSections, syntaxSections } from '../../views/explain-text.ts';
import type { ServerContext } from '../context.ts';
import {
  checkRequestSchema,
  checkSchema,
  completeRequestSchema,
  completionsSchema,
  explainRequestSchema,
  explainSchema,
  fieldsSchema,
  valuesSchema,
} from '../contracts/editor.ts';
import { complete } from '../editor/complete.ts';
import { fieldNames, matching } from '../editor/field-names.ts';
import { fieldValues } from '../editor/field-values.ts';
import { diagnosticMessage } from '../failure-answer.ts';
import { prepareSearch, readRange } from '../searches/prepare-search.ts';
import { apiRouter, failureAnswers, jsonAnswer, jsonBody } from './api-router.ts';

const check = createRoute({
  method: 'post',
  path: '/check',
  summary: 'The parts of speech of a search, and what is wrong with it; nothing is run',
  request: { body: jsonBody(checkRequestSchema) },
  responses: { 200: jsonAnswer(checkSchema, 'Tokens and diagnostics.'), ...failureAnswers },
});

const completion = createRoute({
  method: 'post',
  path: '/complete',
  summary: 'What may stand at a place of a search',
  request: { body: jsonBody(completeRequestSchema) },
  responses: { 200: jsonAnswer(completionsSchema, 'The best first.'), ...failureAnswers },
});

const explain = createRoute({
  method: 'post',
  path: '/explain',
  summary: 'Every form that a search goes through; nothing is run',
  request: { body: jsonBody(explainRequestSchema) },
  responses: { 200: jsonAnswer(explainSchema, 'As keizu explain prints it.'), ...failureAnswers },
});

const limit = z.coerce.number().int().min(1).max(1_000);

const fields = createRoute({
  method: 'get',
  path: '/fields',
  summary: 'Fields of the events, those of most events first',
  request: { query: z.object({ prefix: z.string().max(500).default(''), limit: limit.default(200) }) },
  responses: { 200: jsonAnswer(fieldsSchema, 'The fields.'), ...failureAnswers },
});

const values = createRoute({
  method: 'get',
  path: '/values',
  summary: 'Values of a field, the most frequent first; none where counting them takes too long',
  request: {
    query: z.object({
      field: z.string().min(1).max(1_000),
      prefix: z.string().max(2_000).default(''),
      limit: limit.default(50),
    }),
  },
  responses: { 200: jsonAnswer(valuesSchema, 'The values.'), ...failureAnswers },
});

/** What the editor of searches asks while somebody types. */
export function editorRoutes({ store }: ServerContext) {
  return apiRouter()
    .openapi(check, async (request) => {
      const { text, timezone } = request.req.valid('json');
      const tokens = highlightTokens(text).map(({ kind, span }) => ({
        from: span.start,
        to: span.end,
        kind,
      }));
      try {
        const { diagnostics } = await prepareSearch(store, text, readRange({ timezone }));
        return request.json({ tokens, diagnostics: diagnostics.map(diagnosticMessage) }, 200);
      } catch (error) {
        if (!(error instanceof SearchError)) throw error;
        return request.json({ tokens, diagnostics: error.diagnostics.map(diagnosticMessage) }, 200);
      }
    })
    .openapi(completion, async (request) => {
      const { text, at } = request.req.valid('json');
      return request.json(await complete(store, text, at), 200);
    })
    .openapi(explain, async (request) => {
      const { text, ...asked } = request.req.valid('json');
      const range = readRange(asked);
      const sections = syntaxSections(text, explainSyntax(text, range));
      try {
        const { plan, environment } = await planSearch(store, text, range);
        sections.push(...sqlSections(explainPlan(plan, environment)));
        return request.json({ sections, diagnostics: [] }, 200);
      } catch (error) {
        if (!(error instanceof SearchError)) throw error;
        return request.json({ sections, diagnostics: error.diagnostics.map(diagnosticMessage) }, 200);
      }
    })
    .openapi(fields, async (request) => {
      const { prefix, limit: most } = request.req.valid('query');
      const known = matching(fieldNames(await store.catalogue()), prefix, ({ name }) => name);
      const { events } = await store.scope([], null, null);
      const shown = known.slice(0, most).map((field) => ({
        name: field.name,
        events: field.events ?? events,
        multivalue: field.multivalue,
      }));
      return request.json({ fields: shown }, 200);
    })
    .openapi(values, async (request) => {
      const { field, prefix, limit: most } = request.req.valid('query');
      return request.json({ values: [...(await fieldValues(store, field, prefix, most))] }, 200);
    });
}
