import { createRoute } from '@hono/zod-openapi';
import { processMarks } from '../../egress/process-egress.ts';
import type { ServerContext } from '../context.ts';
import {
  egressConnectionsQuerySchema,
  egressConnectionsSchema,
  egressMarksQuerySchema,
  egressMarksSchema,
  egressQuerySchema,
  egressSchema,
} from '../contracts/egress.ts';
import { connectionMessage, countMessages, egressMessage } from '../egress/egress-message.ts';
import { selectEgress } from '../egress/egress-selection.ts';
import { hostEgressOf } from '../egress/host-egress.ts';
import { clockOf, readMoment } from '../trees/request-moment.ts';
import { hostTreesOf } from '../trees/shared-trees.ts';
import { apiRouter, failureAnswers, jsonAnswer } from './api-router.ts';

const destinations = createRoute({
  method: 'get',
  path: '/egress',
  summary: 'Destinations of a host in the logs of proxies, what was reached, and who asked',
  request: { query: egressQuerySchema },
  responses: {
    200: jsonAnswer(egressSchema, 'A page of destinations, those that no process explains first.'),
    ...failureAnswers,
  },
});

const connections = createRoute({
  method: 'get',
  path: '/egress/connections',
  summary: 'Connections of a host in order of time, each with its verdict and candidates',
  request: { query: egressConnectionsQuerySchema },
  responses: { 200: jsonAnswer(egressConnectionsSchema, 'A page of connections.'), ...failureAnswers },
});

const marks = createRoute({
  method: 'get',
  path: '/egress/marks',
  summary: "What the traffic of a host's processes came to",
  request: { query: egressMarksQuerySchema },
  responses: { 200: jsonAnswer(egressMarksSchema, 'A mark a process.'), ...failureAnswers },
});

const mostMarks = 20_000;

/** `/egress`. */
export function egressRoutes(context: Pick<ServerContext, 'store' | 'changes'>) {
  const trees = hostTreesOf(context);
  const kept = hostEgressOf(trees);
  const knownOf = async (query: { host: string; asof?: string | undefined; timezone: string }) => {
    const { name } = await trees.host(query.host);
    const asOf = readMoment('asof', query.asof, query.timezone);
    return { name, asOf, known: await kept.read(name, asOf) };
  };
  return apiRouter()
    .openapi(destinations, async (request) => {
      const query = request.req.valid('query');
      const clock = clockOf(query.timezone);
      const { known, asOf } = await knownOf(query);
      const part = selectEgress(known, query, query.timezone);
      return request.json(egressMessage(known, part, query, asOf, clock), 200);
    })
    .openapi(connections, async (request) => {
      const query = request.req.valid('query');
      clockOf(query.timezone);
      const { known } = await knownOf(query);
      const part = selectEgress(known, query, query.timezone);
      const { key, offset, limit } = query;
      const ofKey = key === undefined ? undefined : new Set(known.byDestination.get(key) ?? []);
      const found =
        ofKey === undefined ? part.connections : part.connections.filter((each) => ofKey.has(each));
      const { processes } = known.egress.events;
      return request.json(
        {
          connections: found.slice(offset, offset + limit).map((each) => connectionMessage(each, processes)),
          total: found.length,
        },
        200,
      );
    })
    .openapi(marks, async (request) => {
      const { name, known } = await knownOf(request.req.valid('query'));
      const all = processMarks(known.egress);
      return request.json(
        {
          host: name,
          marks: all.slice(0, mostMarks).map(({ id, explained, possible }) => ({
            id,
            explained: countMessages(explained),
            possible: countMessages(possible),
          })),
          leftOut: Math.max(0, all.length - mostMarks),
        },
        200,
      );
    });
}
