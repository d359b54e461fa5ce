import { createRoute } from '@hono/zod-openapi';
import { connectionReader } from '../../egress/connection-reader.ts';
import { explainZero } from '../../spl/zero/explain-zero.ts';
import { zeroRecord } from '../../views/zero-record.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import { explainZeroRequestSchema, zeroSchema } from '../contracts/explain-zero.ts';
import { readRange } from '../searches/prepare-search.ts';
import { jobLimits } from '../searches/search-limits.ts';
import { apiRouter, failureAnswers, jsonAnswer, jsonBody } from './api-router.ts';

const explain = createRoute({
  method: 'post',
  path: '/explain-zero',
  summary: 'Why a search has no rows, or few: conditions one by one, other spellings and fields, coverage',
  request: { body: jsonBody(explainZeroRequestSchema) },
  responses: { 200: jsonAnswer(zeroSchema, 'The explanation.'), ...failureAnswers },
});

/** Seconds that each statement may take; what takes longer is said to be open. */
const seconds = 60;

/** `/explain-zero`. */
export function explainZeroRoutes({ store, stopping }: ServerContext) {
  const { memoryBytes } = jobLimits();
  return apiRouter().openapi(explain, async (request) => {
    const { text, ...asked } = request.req.valid('json');
    const facts = await explainZero(store, text, {
      ...readRange(asked),
      limits: { memoryBytes },
      signal: stopping,
      connectionReader: connectionReader(store),
      seconds,
    });
    if (facts === undefined)
      throw new ApiFailure(
        400,
        'reads-no-events',
        'The search reads no events, so there is nothing to explain.',
      );
    const met = facts.diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
    return request.json(await zeroRecord(store, facts, met), 200);
  });
}
