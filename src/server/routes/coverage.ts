import { createRoute } from '@hono/zod-openapi';
import { formatTicks, TICKS_PER_SECOND } from '../../core/ticks.ts';
import { classNames } from '../../coverage/class-names.ts';
import type { EventClass } from '../../events/event-class.ts';
import { coverageCsv } from '../../views/coverage-csv.ts';
import { coverageJson } from '../../views/coverage-json.ts';
import { coverageShares } from '../../views/coverage-shares.ts';
import { type CoverageHostView, coverageHost, faultView } from '../../views/coverage-view.ts';
import { ApiFailure } from '../api-failure.ts';
import { audit } from '../audit-entry.ts';
import type { ServerContext } from '../context.ts';
import {
  type CoverageHost,
  coverageExportQuerySchema,
  coverageQuerySchema,
  coverageSchema,
  stretchFactsSchema,
  stretchQuerySchema,
} from '../contracts/coverage.ts';
import { coverageLedgersOf } from '../trees/coverage-ledgers.ts';
import { clockOf, readMoment, serverNow } from '../trees/request-moment.ts';
import { hostTreesOf } from '../trees/shared-trees.ts';
import { stretchFacts } from '../trees/stretch-facts.ts';
import { latenessMessage } from '../trees/tree-answer.ts';
import { attachment } from '../trees/write-lines.ts';
import { apiRouter, failureAnswers, jsonAnswer } from './api-router.ts';

const coverage = createRoute({
  method: 'get',
  path: '/coverage',
  summary: 'What was collected of hosts: channels, classes of events, and what is missing when',
  request: { query: coverageQuerySchema },
  responses: { 200: jsonAnswer(coverageSchema, 'The ledger.'), ...failureAnswers },
});

const exported = createRoute({
  method: 'get',
  path: '/coverage/export',
  summary: 'The whole ledger, as the command line writes it',
  request: { query: coverageExportQuerySchema },
  responses: {
    200: {
      description: 'JSON lines, a host a line, or CSV.',
      content: {
        'text/csv': { schema: { type: 'string' as const } },
        'application/x-ndjson': { schema: { type: 'string' as const } },
      },
    },
    ...failureAnswers,
  },
});

const stretch = createRoute({
  method: 'get',
  path: '/coverage/stretch',
  summary: 'What a stretch of time means in which a class of events may be missing',
  request: { query: stretchQuerySchema },
  responses: {
    200: jsonAnswer(stretchFactsSchema, 'For which processes, and what else covers it.'),
    ...failureAnswers,
  },
});

/** `/coverage`. */
export function coverageRoutes(context: Pick<ServerContext, 'store' | 'changes' | 'metadata'>) {
  const trees = hostTreesOf(context);
  const ledgers = coverageLedgersOf(context);
  const rangedOf = (query: {
    readonly earliest?: string | undefined;
    readonly latest?: string | undefined;
    readonly asof?: string | undefined;
    readonly hosts?: string | undefined;
    readonly timezone: string;
  }) =>
    ledgers.read({
      earliest: readMoment('earliest', query.earliest, query.timezone),
      latest: readMoment('latest', query.latest, query.timezone),
      asOf: readMoment('asof', query.asof, query.timezone),
      hosts: query.hosts,
    });
  return apiRouter()
    .openapi(coverage, async (request) => {
      const query = request.req.valid('query');
      const clock = clockOf(query.timezone);
      const now = serverNow();
      const { ledger, hosts, axis } = await rangedOf(query);
      const page = hosts.slice(query.offset, query.offset + query.limit);
      const others = hosts.filter((host) => !page.includes(host));
      const viewOf = (host: (typeof hosts)[number]) => coverageHost(ledger, host, axis, now, clock);
      return request.json(
        {
          axis: {
            from: formatTicks(axis.from),
            to: formatTicks(axis.to),
            parts: axis.parts,
            partSeconds: Number(axis.to - axis.from) / axis.parts / Number(TICKS_PER_SECOND),
          },
          now: formatTicks(now),
          shares: coverageShares(hosts, axis),
          hosts: page.map((host) => hostMessage(viewOf(host))),
          hostsTotal: hosts.length,
          hostsLeftOutWithGaps: others.filter((host) => viewOf(host).stretches.length > 0).length,
          faults: ledger.faults.map(faultView),
        },
        200,
      );
    })
    .openapi(exported, async (request) => {
      const query = request.req.valid('query');
      clockOf(query.timezone);
      const { ledger } = await rangedOf(query);
      const isJson = query.format === 'json';
      await audit(context, request, 'export', `coverage of ${ledger.hosts.length} hosts, ${query.format}`);
      request.header('content-disposition', attachment(`coverage.${isJson ? 'jsonl' : 'csv'}`));
      request.header('content-type', isJson ? 'application/x-ndjson' : 'text/csv; charset=utf-8');
      return request.body(isJson ? coverageJson(ledger) : coverageCsv(ledger), 200);
    })
    .openapi(stretch, async (request) => {
      const query = request.req.valid('query');
      const clock = clockOf(query.timezone);
      const { name } = await trees.host(query.host);
      const scope = {
        host: name,
        eventClass: readClass(query.class),
        from: readMoment('from', query.from, query.timezone),
        to: readMoment('to', query.to, query.timezone),
        asOf: readMoment('asof', query.asof, query.timezone),
      };
      return request.json(await stretchFacts(trees, scope, clock), 200);
    });
}

function readClass(text: string): EventClass {
  const found = (Object.keys(classNames) as EventClass[]).find((each) => each === text);
  if (found) return found;
  throw new ApiFailure(400, 'bad-request', `class: ${text} is no class of events.`, {
    hint: `Classes: ${Object.keys(classNames).join(', ')}.`,
  });
}

function hostMessage(host: CoverageHostView): CoverageHost {
  return {
    ...host,
    lateness: latenessMessage(host.lateness),
    channels: host.channels.map((channel) => ({
      ...channel,
      lateness: latenessMessage(channel.lateness),
    })),
  };
}
