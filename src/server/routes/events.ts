import { createRoute, z } from '@hono/zod-openapi';
import { parseIsoTicks } from '../../core/ticks.ts';
import { identifier, sql } from '../../store/sql.ts';
import { mayAct } from '../access/actor.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import { eventDetailSchema, storeSummarySchema } from '../contracts/events.ts';
import { readEvent } from '../read-event.ts';
import { apiRouter, failureAnswers, jsonAnswer } from './api-router.ts';
import { momentText } from './moment.ts';

const event = createRoute({
  method: 'get',
  path: '/events/{id}',
  summary: 'An event with all that is stored of it; with its time it is found at once',
  request: {
    params: z.object({ id: z.string().regex(/^[0-9a-f]{32}$/, 'an id is 32 hexadecimal digits') }),
    query: z.object({ time: z.string().max(40).optional() }),
  },
  responses: { 200: jsonAnswer(eventDetailSchema, 'The event.'), ...failureAnswers },
});

const summary = createRoute({
  method: 'get',
  path: '/summary',
  summary: 'What the store holds',
  responses: { 200: jsonAnswer(storeSummarySchema, 'Counts.'), ...failureAnswers },
});

/** `/events` and `/summary`. */
export function eventRoutes({ store }: ServerContext) {
  return apiRouter()
    .openapi(event, async (request) => {
      const { id } = request.req.valid('param');
      const { time } = request.req.valid('query');
      const ticks = time === undefined ? undefined : parseIsoTicks(time);
      const found = await readEvent(store, id, ticks);
      if (!found) throw new ApiFailure(404, 'no-such-event', 'The store has no event of this id.');
      return request.json(found, 200);
    })
    .openapi(summary, async (request) => {
      const scope = await store.scope([], null, null);
      const query = sql`SELECT ${identifier('index')}, count() FROM events GROUP BY 1 ORDER BY 1`;
      const indexes: { name: string; events: number }[] = [];
      const columns = [
        { name: 'index', type: 'text' },
        { name: 'events', type: 'number' },
      ] as const;
      for await (const rows of store.rows({ sql: query, parameters: {} }, columns))
        for (const [name, events] of rows) indexes.push({ name: String(name), events: Number(events) });
      const isEmpty = scope.events === 0;
      return request.json(
        {
          ...scope,
          first: momentText(scope.first),
          last: momentText(scope.last),
          indexes,
          isEmpty,
          demoOffered: isEmpty && mayAct(request.var.actor, 'analyst'),
        },
        200,
      );
    });
}
