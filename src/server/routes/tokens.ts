import { createRoute, z } from '@hono/zod-openapi';
import { lesserRole } from '../access/actor.ts';
import { ApiFailure } from '../api-failure.ts';
import { audit } from '../audit-entry.ts';
import type { ServerContext } from '../context.ts';
import { madeTokenSchema, newTokenSchema, type Token, tokenSchema } from '../contracts/session.ts';
import type { StoredToken } from '../metadata/token-table.ts';
import { apiRouter, doneAnswer, failureAnswers, jsonAnswer, jsonBody } from './api-router.ts';
import { millisecondsText } from './moment.ts';

const list = createRoute({
  method: 'get',
  path: '/tokens',
  summary: 'Own API tokens; an admin sees all',
  responses: {
    200: jsonAnswer(z.object({ tokens: z.array(tokenSchema) }), 'The tokens.'),
    ...failureAnswers,
  },
});

const make = createRoute({
  method: 'post',
  path: '/tokens',
  summary: 'Makes a token that may do what its user may, or less; its text is only given here',
  request: { body: jsonBody(newTokenSchema) },
  responses: { 201: jsonAnswer(madeTokenSchema, 'The token and its text.'), ...failureAnswers },
});

const remove = createRoute({
  method: 'delete',
  path: '/tokens/{id}',
  summary: 'Takes a token back',
  request: { params: z.object({ id: z.string().max(64) }) },
  responses: { ...doneAnswer, ...failureAnswers },
});

function shown({ id, name, user, role, made, lastUse }: StoredToken): Token {
  const use = lastUse === null ? null : millisecondsText(lastUse);
  return { id, name, user, role, made: millisecondsText(made), lastUse: use };
}

/** `/tokens`: everybody has their own. */
export function tokenRoutes(context: ServerContext) {
  const { tokens } = context.metadata;
  return apiRouter()
    .openapi(list, (request) => {
      const { actor } = request.var;
      const seen = tokens.list().filter(({ user }) => actor.role === 'admin' || user === actor.name);
      return request.json({ tokens: seen.map(shown) }, 200);
    })
    .openapi(make, async (request) => {
      const { actor } = request.var;
      const { name, role } = request.req.valid('json');
      if (actor.by === 'local')
        throw new ApiFailure(409, 'no-user', 'A token belongs to a user; add one first.');
      if (actor.by === 'token')
        throw new ApiFailure(403, 'token-makes-token', 'A token cannot make another; sign in.');
      const made = await tokens.make(name, actor.name, lesserRole(role ?? actor.role, actor.role));
      await audit(context, request, 'change', `made token ${made.token.id} "${name}"`);
      return request.json({ token: shown(made.token), text: made.text }, 201);
    })
    .openapi(remove, async (request) => {
      const { actor } = request.var;
      const { id } = request.req.valid('param');
      const known = tokens.get(id);
      if (!known || (known.user !== actor.name && actor.role !== 'admin'))
        throw new ApiFailure(404, 'token-absent', 'There is no such token.');
      await tokens.remove(id);
      await audit(context, request, 'change', `took back token ${id}`);
      return request.body(null, 204);
    });
}
