import { createRoute, z } from '@hono/zod-openapi';
import { ApiFailure } from '../api-failure.ts';
import { audit } from '../audit-entry.ts';
import type { ServerContext } from '../context.ts';
import { type HistoryEntry, historySchema } from '../contracts/editor.ts';
import { type Hunt, huntSchema, huntsSchema, newHuntSchema } from '../contracts/hunts.ts';
import type { StoredHistoryEntry } from '../metadata/history-table.ts';
import type { StoredHunt } from '../metadata/hunt-table.ts';
import { apiRouter, doneAnswer, failureAnswers, jsonAnswer, jsonBody } from './api-router.ts';
import { millisecondsText } from './moment.ts';

const hunts = createRoute({
  method: 'get',
  path: '/hunts',
  summary: 'Saved hunts of all users; the one changed last comes first',
  responses: { 200: jsonAnswer(huntsSchema, 'The hunts.'), ...failureAnswers },
});

const save = createRoute({
  method: 'post',
  path: '/hunts',
  summary: 'Saves a hunt; with an id it takes the place of that one',
  request: { body: jsonBody(newHuntSchema) },
  responses: { 200: jsonAnswer(huntSchema, 'The hunt.'), ...failureAnswers },
});

const byId = z.object({ id: z.string().max(64) });

const remove = createRoute({
  method: 'delete',
  path: '/hunts/{id}',
  summary: 'Removes a hunt',
  request: { params: byId },
  responses: { ...doneAnswer, ...failureAnswers },
});

const history = createRoute({
  method: 'get',
  path: '/history',
  summary: 'Own searches, newest first, each text and range once',
  responses: { 200: jsonAnswer(historySchema, 'The history.'), ...failureAnswers },
});

const forget = createRoute({
  method: 'delete',
  path: '/history/{id}',
  summary: 'Forgets a search',
  request: { params: byId },
  responses: { ...doneAnswer, ...failureAnswers },
});

const forgetAll = createRoute({
  method: 'delete',
  path: '/history',
  summary: 'Forgets all own searches; the audit keeps them',
  responses: { ...doneAnswer, ...failureAnswers },
});

function shownHunt({ steps, updated, ...hunt }: StoredHunt): Hunt {
  return { ...hunt, steps: [...steps], updated: millisecondsText(updated) };
}

function shownEntry({ time, ...entry }: StoredHistoryEntry): HistoryEntry {
  return { ...entry, time: millisecondsText(time) };
}

/** `/hunts`, shared by all, and `/history`, everybody's own. */
export function huntRoutes(context: ServerContext) {
  const { metadata } = context;
  return apiRouter()
    .openapi(hunts, (request) => request.json({ hunts: metadata.hunts.list().map(shownHunt) }, 200))
    .openapi(save, async (request) => {
      const { id, name, steps } = request.req.valid('json');
      const saved = await metadata.hunts.save(id, { name, steps, user: request.var.actor.name });
      if (!saved) throw new ApiFailure(404, 'no-such-hunt', 'There is no such hunt any more.');
      await audit(context, request, 'change', `saved hunt "${name}"`);
      return request.json(shownHunt(saved), 200);
    })
    .openapi(remove, async (request) => {
      const { id } = request.req.valid('param');
      if (!(await metadata.hunts.remove(id)))
        throw new ApiFailure(404, 'no-such-hunt', 'There is no such hunt any more.');
      await audit(context, request, 'change', `removed hunt ${id}`);
      return request.body(null, 204);
    })
    .openapi(history, (request) =>
      request.json({ entries: metadata.history.list(request.var.actor.name).map(shownEntry) }, 200),
    )
    .openapi(forget, async (request) => {
      await metadata.history.remove(request.var.actor.name, request.req.valid('param').id);
      return request.body(null, 204);
    })
    .openapi(forgetAll, async (request) => {
      await metadata.history.removeAllOf(request.var.actor.name);
      return request.body(null, 204);
    });
}
