import { createRoute, z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { readFirstStarts } from '../../views/first-starts.ts';
import { isoOrNull } from '../../views/reason-view.ts';
import type { ServerContext } from '../context.ts';
import {
  firstStartsSchema,
  type HostArrivals,
  hostArrivalsSchema,
  hostListSchema,
  hostsQuerySchema,
  momentParameter,
  timezoneParameter,
} from '../contracts/tree.ts';
import { isBug } from '../failure-answer.ts';
import { readMoment } from '../trees/request-moment.ts';
import { hostTreesOf } from '../trees/shared-trees.ts';
import { apiRouter, failureAnswers, jsonAnswer } from './api-router.ts';

const list = createRoute({
  method: 'get',
  path: '/hosts',
  summary: 'Hosts of the store, those with process starts first',
  request: { query: hostsQuerySchema },
  responses: { 200: jsonAnswer(hostListSchema, 'Hosts, and how many there are.'), ...failureAnswers },
});

const live = createRoute({
  method: 'get',
  path: '/hosts/{host}/live',
  summary: 'Tells when events of a host have arrived',
  request: { params: z.object({ host: z.string().min(1).max(1_000) }) },
  responses: {
    200: {
      description: 'Server-sent events: `arrivals` at first, and whenever the host has more events.',
      content: { 'text/event-stream': { schema: hostArrivalsSchema } },
    },
    ...failureAnswers,
  },
});

const starts = createRoute({
  method: 'get',
  path: '/hosts/{host}/starts',
  summary: 'The first process starts of a host as recorded, before its tree is made',
  request: {
    params: z.object({ host: z.string().min(1).max(1_000) }),
    query: z.object({ asof: momentParameter.optional(), timezone: timezoneParameter }),
  },
  responses: { 200: jsonAnswer(firstStartsSchema, 'The starts, in order of time.'), ...failureAnswers },
});

/** Starts that are shown while a tree is made: a screenful. */
const mostStarts = 60;

/** So often at most a stream tells of arrivals, and at least so often it shows that it is there. Milliseconds. */
const arrivalPause = 1_000;
const heartbeat = 15_000;

/** `/hosts`. */
export function hostRoutes(context: Pick<ServerContext, 'store' | 'changes' | 'stopping'>) {
  const trees = hostTreesOf(context);
  return apiRouter()
    .openapi(list, async (request) => {
      const { match, limit } = request.req.valid('query');
      const all = await trees.summaries();
      const wanted = match?.toLowerCase();
      const found = wanted === undefined ? all : all.filter(({ host }) => host.includes(wanted));
      return request.json({ hosts: found.slice(0, limit), total: found.length }, 200);
    })
    .openapi(starts, async (request) => {
      const { asof, timezone } = request.req.valid('query');
      const asOf = readMoment('asof', asof, timezone);
      const { name } = await trees.host(request.req.valid('param').host);
      // They are shown until the tree is there, which is asked for beside them.
      trees.expect(name, asOf);
      const [scope, found] = await Promise.all([
        trees.scope(name, asOf),
        readFirstStarts(context.store, name, { most: mostStarts, asOf }),
      ]);
      const shown = found.map(({ time, pid, name: image, user, commandLine }) => ({
        time: isoOrNull(time),
        pid: pid ?? null,
        name: image,
        user: user ?? null,
        commandLine: commandLine ?? null,
      }));
      return request.json({ total: scope.starts, starts: shown }, 200);
    })
    .openapi(live, async (request) => {
      const { name } = await trees.host(request.req.valid('param').host);
      return streamSSE(request, async (stream) => {
        const ended = new AbortController();
        const end = () => ended.abort();
        stream.onAbort(end);
        context.stopping.addEventListener('abort', end, { once: true });
        let told = -1;
        try {
          while (!ended.signal.aborted) {
            const change = context.changes.next(ended.signal);
            const { events, arrived } = await trees.scope(name, undefined);
            const data: HostArrivals = { host: name, events, arrived: isoOrNull(arrived) };
            if (events !== told) await stream.writeSSE({ event: 'arrivals', data: JSON.stringify(data) });
            told = events;
            while ((await within(change, heartbeat)) === 'late' && !ended.signal.aborted)
              await stream.write(': still here\n\n');
            await pause(arrivalPause, ended.signal);
          }
        } catch (error) {
          // The stream ends; whoever listens asks again.
          if (isBug(error)) throw error;
        } finally {
          context.stopping.removeEventListener('abort', end);
        }
      });
    });
}

async function within(awaited: Promise<void>, milliseconds: number): Promise<'done' | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), milliseconds);
  });
  try {
    return await Promise.race([awaited.then(() => 'done' as const), late]);
  } finally {
    clearTimeout(timer);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });
}
