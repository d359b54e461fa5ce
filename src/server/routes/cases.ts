import { createRoute, z } from '@hono/zod-openapi';
import { ApiFailure } from '../api-failure.ts';
import { audit } from '../audit-entry.ts';
import type { ServerContext } from '../context.ts';
import {
  type Case,
  type CaseItem,
  type CaseView,
  caseItemPatchSchema,
  caseItemSchema,
  caseListSchema,
  casePatchSchema,
  caseSchema,
  caseViewSchema,
  newCaseItemSchema,
  newCaseSchema,
  notesQuerySchema,
  notesSchema,
} from '../contracts/cases.ts';
import {
  CaseTable,
  mostCases,
  mostItems,
  type StoredCase,
  type StoredCaseItem,
} from '../metadata/case-table.ts';
import { readPinned } from '../trees/pinned.ts';
import { hostTreesOf } from '../trees/shared-trees.ts';
import { apiRouter, doneAnswer, failureAnswers, jsonAnswer, jsonBody } from './api-router.ts';
import { millisecondsText } from './moment.ts';

const byId = z.object({ id: z.string().min(1).max(64) });
const byItem = byId.extend({ item: z.string().min(1).max(64) });

const list = createRoute({
  method: 'get',
  path: '/cases',
  summary: 'Cases of all users; the one changed last comes first',
  responses: { 200: jsonAnswer(caseListSchema, 'The cases.'), ...failureAnswers },
});

const add = createRoute({
  method: 'post',
  path: '/cases',
  summary: 'Opens a case',
  request: { body: jsonBody(newCaseSchema) },
  responses: { 201: jsonAnswer(caseSchema, 'The new case.'), ...failureAnswers },
});

const view = createRoute({
  method: 'get',
  path: '/cases/{id}',
  summary: 'A case with its items, and what they are pinned to as the store has it now',
  request: { params: byId },
  responses: { 200: jsonAnswer(caseViewSchema, 'The case.'), ...failureAnswers },
});

const change = createRoute({
  method: 'patch',
  path: '/cases/{id}',
  summary: 'Changes name, description, status or tags of a case',
  request: { params: byId, body: jsonBody(casePatchSchema) },
  responses: { 200: jsonAnswer(caseSchema, 'The case.'), ...failureAnswers },
});

const remove = createRoute({
  method: 'delete',
  path: '/cases/{id}',
  summary: 'Removes a case with its items',
  request: { params: byId },
  responses: { ...doneAnswer, ...failureAnswers },
});

const addItem = createRoute({
  method: 'post',
  path: '/cases/{id}/items',
  summary: 'Adds a note, pinned to a process, an event or a view',
  request: { params: byId, body: jsonBody(newCaseItemSchema) },
  responses: { 201: jsonAnswer(caseItemSchema, 'The new item.'), ...failureAnswers },
});

const changeItem = createRoute({
  method: 'patch',
  path: '/cases/{id}/items/{item}',
  summary: 'Changes text or tags of an item',
  request: { params: byItem, body: jsonBody(caseItemPatchSchema) },
  responses: { 200: jsonAnswer(caseItemSchema, 'The item.'), ...failureAnswers },
});

const removeItem = createRoute({
  method: 'delete',
  path: '/cases/{id}/items/{item}',
  summary: 'Removes an item',
  request: { params: byItem },
  responses: { ...doneAnswer, ...failureAnswers },
});

const notes = createRoute({
  method: 'get',
  path: '/notes',
  summary: 'Items of all cases that are pinned to a host, a process or an event',
  request: { query: notesQuerySchema },
  responses: { 200: jsonAnswer(notesSchema, 'The items, oldest first.'), ...failureAnswers },
});

/** `/cases` and `/notes`, shared by all users. */
export function caseRoutes(context: Pick<ServerContext, 'store' | 'changes' | 'metadata'>) {
  const { metadata } = context;
  const cases = new CaseTable(metadata.table('cases'), metadata.table('case-items'));
  const trees = hostTreesOf(context);
  const absent = () => new ApiFailure(404, 'no-such-case', 'There is no such case or item any more.');
  return apiRouter()
    .openapi(list, (request) => {
      const all = cases.list().map(shownCase);
      return request.json({ cases: all, total: all.length }, 200);
    })
    .openapi(add, async (request) => {
      const added = await cases.add({ ...request.req.valid('json'), createdBy: request.var.actor.name });
      if (!added)
        throw new ApiFailure(409, 'too-many-cases', `There are ${mostCases} cases already.`, {
          hint: 'Remove some that are closed.',
        });
      await audit(context, request, 'change', `opened case "${added.name}"`);
      return request.json(shownCase(added), 201);
    })
    .openapi(view, async (request) => {
      const found = cases.find(request.req.valid('param').id);
      if (!found) throw absent();
      const items = cases.items(found.id);
      const pinned = await readPinned(
        trees,
        items.map(({ pin }) => pin),
      );
      const shown = items.map((item) => ({ ...shownItem(item), pinned: pinned(item.pin) }));
      return request.json({ case: shownCase(found), items: shown.sort(byTime) }, 200);
    })
    .openapi(change, async (request) => {
      const { name, description, status, tags } = request.req.valid('json');
      const changed = await cases.change(request.req.valid('param').id, {
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...(status !== undefined && { status }),
        ...(tags !== undefined && { tags }),
      });
      if (!changed) throw absent();
      await audit(context, request, 'change', `changed case "${changed.name}"`);
      return request.json(shownCase(changed), 200);
    })
    .openapi(remove, async (request) => {
      const removed = await cases.remove(request.req.valid('param').id);
      if (!removed) throw absent();
      await audit(context, request, 'change', `removed case "${removed.name}" with ${removed.items} items`);
      return request.body(null, 204);
    })
    .openapi(addItem, async (request) => {
      const { id } = request.req.valid('param');
      const added = await cases.addItem(id, {
        ...request.req.valid('json'),
        author: request.var.actor.name,
      });
      if (added === 'absent') throw absent();
      if (added === 'full')
        throw new ApiFailure(409, 'too-many-items', `The case has ${mostItems} items already.`);
      await audit(context, request, 'change', `added to case ${id}: ${added.id}`);
      return request.json(shownItem(added), 201);
    })
    .openapi(changeItem, async (request) => {
      const { id, item } = request.req.valid('param');
      const { text, tags } = request.req.valid('json');
      const changed = await cases.changeItem(id, item, {
        ...(text !== undefined && { text }),
        ...(tags !== undefined && { tags }),
      });
      if (!changed) throw absent();
      await audit(context, request, 'change', `changed in case ${id}: ${item}`);
      return request.json(shownItem(changed), 200);
    })
    .openapi(removeItem, async (request) => {
      const { id, item } = request.req.valid('param');
      if (!(await cases.removeItem(id, item))) throw absent();
      await audit(context, request, 'change', `removed from case ${id}: ${item}`);
      return request.body(null, 204);
    })
    .openapi(notes, (request) => {
      const { host, processId, eventId, limit } = request.req.valid('query');
      const found = cases.itemsWhere(
        ({ pin }) =>
          (pin.kind === 'process' || pin.kind === 'event') &&
          (host === undefined || pin.host === host) &&
          (processId === undefined || (pin.kind === 'process' && pin.processId === processId)) &&
          (eventId === undefined || (pin.kind === 'event' && pin.eventId === eventId)),
      );
      const items = found
        .slice(0, limit)
        .map((item) => ({ ...shownItem(item), caseName: cases.find(item.caseId)?.name ?? '' }));
      return request.json({ items, total: found.length }, 200);
    });
}

function shownCase({ tags, created, updated, ...rest }: StoredCase): Case {
  return { ...rest, tags: [...tags], created: millisecondsText(created), updated: millisecondsText(updated) };
}

function shownItem({ tags, created, updated, ...rest }: StoredCaseItem): CaseItem {
  return { ...rest, tags: [...tags], created: millisecondsText(created), updated: millisecondsText(updated) };
}

/** What items are pinned to in order of time; what has none comes last, in its own order. */
function byTime(one: CaseView['items'][number], other: CaseView['items'][number]): number {
  const time = ({ pinned }: CaseView['items'][number]) => pinned.process?.start ?? pinned.event?.time ?? '~';
  const [first, second] = [time(one), time(other)];
  return first < second ? -1 : first > second ? 1 : 0;
}
