import { Readable } from 'node:stream';
import { createRoute, z } from '@hono/zod-openapi';
import { formatTicks } from '../../core/ticks.ts';
import { ApiFailure } from '../api-failure.ts';
import { audit } from '../audit-entry.ts';
import type { ServerContext } from '../context.ts';
import { exportRequestSchema, exportStartedSchema, exportStateSchema } from '../contracts/exports.ts';
import { clockOf, readMoment, serverNow } from '../trees/request-moment.ts';
import { hostTreesOf } from '../trees/shared-trees.ts';
import { apiRouter, doneAnswer, failureAnswers, jsonAnswer, jsonBody } from './api-router.ts';

const named = z.object({ id: z.uuid() });

const start = createRoute({
  method: 'post',
  path: '/exports',
  summary: 'Starts to write everything of hosts and a window: raw texts, tables, report, manifest',
  request: { body: jsonBody(exportRequestSchema) },
  responses: { 201: jsonAnswer(exportStartedSchema, 'It is being written.'), ...failureAnswers },
});

const state = createRoute({
  method: 'get',
  path: '/exports/{id}',
  summary: 'How far an export is, and what it holds',
  request: { params: named },
  responses: { 200: jsonAnswer(exportStateSchema, 'The state.'), ...failureAnswers },
});

const archive = createRoute({
  method: 'get',
  path: '/exports/{id}/archive',
  summary: 'A finished export as a zip archive; "keizu verify" holds the folder in it against its manifest',
  request: { params: named },
  responses: {
    200: {
      description: 'A zip archive (Zip64 where it is large).',
      content: { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...failureAnswers,
  },
});

const resume = createRoute({
  method: 'post',
  path: '/exports/{id}/resume',
  summary: 'Goes on with an export that was stopped or has failed, where it was at its last checkpoint',
  request: { params: named },
  responses: { 200: jsonAnswer(exportStateSchema, 'Its state.'), ...failureAnswers },
});

const end = createRoute({
  method: 'delete',
  path: '/exports/{id}',
  summary: 'Stops an export that is being written, and keeps what it has; removes one that has ended',
  request: { params: named },
  responses: { ...doneAnswer, ...failureAnswers },
});

/** `/exports`: everybody has their own. */
export function exportRoutes(context: Pick<ServerContext, 'store' | 'changes' | 'metadata' | 'exports'>) {
  const { exports: jobs } = context;
  const trees = hostTreesOf(context);
  return apiRouter()
    .openapi(start, async (request) => {
      const { hosts: asked, exact, timezone, ...window } = request.req.valid('json');
      clockOf(timezone);
      const earliest = readMoment('earliest', window.earliest, timezone) ?? 0n;
      const latest = readMoment('latest', window.latest, timezone) ?? 0n;
      if (earliest >= latest)
        throw new ApiFailure(400, 'empty-window', 'earliest is not before latest.', {
          hint: 'The window has to have a length.',
        });
      const hosts = new Set<string>();
      for (const host of asked) hosts.add((await trees.host(host)).name);
      const scope = { hosts: [...hosts].sort(), earliest, latest, asOf: serverNow() };
      const job = await jobs.start(request.var.actor, { scope, exact, timezone });
      const subject = `everything of ${scope.hosts.join(', ')} from ${formatTicks(earliest)} to ${formatTicks(latest)}`;
      await audit(context, request, 'export', `${subject}, ${job.request.id}`);
      return request.json({ id: job.request.id }, 201);
    })
    .openapi(state, (request) =>
      request.json(jobs.find(request.var.actor, request.req.valid('param').id).state(), 200),
    )
    .openapi(archive, async (request) => {
      const job = jobs.find(request.var.actor, request.req.valid('param').id);
      const bytes = job.archive();
      const { result } = job.state();
      if (bytes === undefined || result === null)
        throw new ApiFailure(409, 'export-unfinished', 'The export is not finished.');
      await audit(context, request, 'export', `download of ${job.request.id}`);
      const body = Readable.toWeb(Readable.from(bytes, { objectMode: false }));
      return new Response(body as ReadableStream, {
        headers: {
          'content-type': 'application/zip',
          'content-disposition': `attachment; filename="${result.name}.zip"`,
        },
      });
    })
    .openapi(resume, async (request) => {
      const job = jobs.resume(request.var.actor, request.req.valid('param').id);
      await audit(context, request, 'export', `resumed ${job.request.id}`);
      return request.json(job.state(), 200);
    })
    .openapi(end, async (request) => {
      await jobs.end(request.var.actor, request.req.valid('param').id);
      return request.body(null, 204);
    });
}
