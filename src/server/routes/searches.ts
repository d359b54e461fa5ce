import { Readable } from 'node:stream';
import { createRoute, z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { audit } from '../audit-entry.ts';
import type { ServerContext } from '../context.ts';
import {
  histogramSchema,
  rowsPageSchema,
  rowsQuerySchema,
  searchCoverageSchema,
  searchRequestSchema,
  searchStartedSchema,
  searchStateSchema,
} from '../contracts/search.ts';
import { exportText } from '../searches/export-rows.ts';
import { resultCell } from '../searches/result-cell.ts';
import { readRowSort } from '../searches/row-order.ts';
import { searchCoverage } from '../searches/search-coverage.ts';
import { coverageLedgersOf } from '../trees/coverage-ledgers.ts';
import { serverNow } from '../trees/request-moment.ts';
import { apiRouter, doneAnswer, failureAnswers, jsonAnswer, jsonBody } from './api-router.ts';

const named = z.object({ id: z.uuid() });

const start = createRoute({
  method: 'post',
  path: '/searches',
  summary: 'Starts a search; a faulty one is refused with diagnostics',
  request: { body: jsonBody(searchRequestSchema) },
  responses: { 201: jsonAnswer(searchStartedSchema, 'The search runs.'), ...failureAnswers },
});

const state = createRoute({
  method: 'get',
  path: '/searches/{id}',
  summary: 'How far a search is',
  request: { params: named },
  responses: { 200: jsonAnswer(searchStateSchema, 'The state.'), ...failureAnswers },
});

const rows = createRoute({
  method: 'get',
  path: '/searches/{id}/rows',
  summary: 'Rows of a search, also while it runs; sorted only when it has ended',
  request: { params: named, query: rowsQuerySchema },
  responses: { 200: jsonAnswer(rowsPageSchema, 'A page of rows.'), ...failureAnswers },
});

const histogram = createRoute({
  method: 'get',
  path: '/searches/{id}/histogram',
  summary: 'Events over time of what stands in front of the first pipe',
  request: { params: named },
  responses: { 200: jsonAnswer(histogramSchema, 'Counts.'), ...failureAnswers },
});

const coverage = createRoute({
  method: 'get',
  path: '/searches/{id}/coverage',
  summary: 'What is known to be missing from the hosts and the time that a search goes over',
  request: { params: named },
  responses: { 200: jsonAnswer(searchCoverageSchema, 'Counts, and the hosts.'), ...failureAnswers },
});

const live = createRoute({
  method: 'get',
  path: '/searches/{id}/live',
  summary:
    'The state as server-sent events, several a second and at once when there are rows, until the search has ended',
  request: { params: named },
  responses: {
    200: { description: '`state` events.', content: { 'text/event-stream': { schema: searchStateSchema } } },
    ...failureAnswers,
  },
});

const rowsFile = createRoute({
  method: 'get',
  path: '/searches/{id}/export',
  summary: 'All rows as a file; those that are still to come, too',
  request: { params: named, query: z.object({ format: z.enum(['csv', 'json']) }) },
  responses: {
    200: {
      description: 'CSV (RFC 4180, formulas made harmless) or JSON lines.',
      content: { 'text/csv': { schema: z.string() }, 'application/x-ndjson': { schema: z.string() } },
    },
    ...failureAnswers,
  },
});

const end = createRoute({
  method: 'delete',
  path: '/searches/{id}',
  summary: 'Stops a search that runs, whose rows so far are kept; frees one that has ended',
  request: { params: named },
  responses: { ...doneAnswer, ...failureAnswers },
});

/** Milliseconds between two states of a running search. */
const liveInterval = 250;

/** `/searches`: everybody has their own. */
export function searchRoutes(context: ServerContext) {
  const { searches } = context;
  const ledgers = coverageLedgersOf(context);
  return apiRouter()
    .openapi(start, async (request) => {
      const asked = request.req.valid('json');
      const job = await searches.start(request.var.actor, asked);
      await audit(context, request, 'search', asked.text);
      return request.json({ id: job.request.id }, 201);
    })
    .openapi(state, (request) => {
      const job = searches.find(request.var.actor, request.req.valid('param').id);
      return request.json(job.state(), 200);
    })
    .openapi(rows, async (request) => {
      const { actor } = request.var;
      const { id } = request.req.valid('param');
      const { offset, limit, sort } = request.req.valid('query');
      const job = searches.find(actor, id);
      const complete = !job.isRunning;
      const total = job.file?.rows ?? 0;
      const found =
        sort === undefined
          ? await job.file?.read(offset, limit)
          : await job.file?.pick(
              (await searches.order(actor, id, readRowSort(sort))).subarray(offset, offset + limit),
            );
      const cells = (found ?? []).map((row) => row.map(resultCell));
      return request.json({ offset, total, complete, rows: cells }, 200);
    })
    .openapi(histogram, async (request) =>
      request.json(await searches.histogram(request.var.actor, request.req.valid('param').id), 200),
    )
    .openapi(coverage, async (request) => {
      const { source } = searches.find(request.var.actor, request.req.valid('param').id).request.planned.plan;
      if (source.kind !== 'events')
        return request.json({ hosts: [], gaps: 0, drops: 0, clears: 0, settlingFrom: null }, 200);
      return request.json(searchCoverage(await ledgers.hosts(), source, serverNow()), 200);
    })
    .openapi(live, (request) => {
      const job = searches.find(request.var.actor, request.req.valid('param').id);
      return streamSSE(request, async (stream) => {
        while (job.isRunning && !stream.aborted && !context.stopping.aborted) {
          const { news } = job;
          await stream.writeSSE({ event: 'state', data: JSON.stringify(job.state()) });
          await Promise.race([news, stream.sleep(liveInterval)]);
        }
        await stream.writeSSE({ event: 'state', data: JSON.stringify(job.state()) });
      });
    })
    .openapi(rowsFile, async (request) => {
      const { format } = request.req.valid('query');
      const job = searches.find(request.var.actor, request.req.valid('param').id);
      await audit(context, request, 'export', `${format}: ${job.request.text}`);
      const name = `keizu-${job.request.id.slice(0, 8)}.${format === 'csv' ? 'csv' : 'jsonl'}`;
      const body = Readable.toWeb(Readable.from(bytesOf(exportText(job, format)), { objectMode: false }));
      return new Response(body as ReadableStream, {
        headers: {
          'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
          'content-disposition': `attachment; filename="${name}"`,
        },
      });
    })
    .openapi(end, async (request) => {
      await searches.end(request.var.actor, request.req.valid('param').id);
      return request.body(null, 204);
    });
}

async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text);
}
