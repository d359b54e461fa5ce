import { createRoute, z } from '@hono/zod-openapi';
import { ApiFailure } from '../api-failure.ts';
import { audit } from '../audit-entry.ts';
import type { ServerContext } from '../context.ts';
import {
  newUserSchema,
  type User,
  userChangeSchema,
  userNameSchema,
  userSchema,
} from '../contracts/session.ts';
import type { StoredUser, UserRefusal } from '../metadata/user-table.ts';
import { apiRouter, doneAnswer, failureAnswers, jsonAnswer, jsonBody } from './api-router.ts';
import { millisecondsText } from './moment.ts';

const named = z.object({ name: userNameSchema });

const list = createRoute({
  method: 'get',
  path: '/users',
  summary: 'All users',
  responses: { 200: jsonAnswer(z.object({ users: z.array(userSchema) }), 'The users.'), ...failureAnswers },
});

const add = createRoute({
  method: 'post',
  path: '/users',
  summary: 'Adds a user',
  request: { body: jsonBody(newUserSchema) },
  responses: { 201: jsonAnswer(userSchema, 'The new user.'), ...failureAnswers },
});

const change = createRoute({
  method: 'patch',
  path: '/users/{name}',
  summary: 'Changes a role or a password; a new password ends the sessions of the user',
  request: { params: named, body: jsonBody(userChangeSchema) },
  responses: { 200: jsonAnswer(userSchema, 'The user as it is now.'), ...failureAnswers },
});

const remove = createRoute({
  method: 'delete',
  path: '/users/{name}',
  summary: 'Removes a user, with sessions and tokens',
  request: { params: named },
  responses: { ...doneAnswer, ...failureAnswers },
});

const refusals: Readonly<Record<UserRefusal, () => ApiFailure>> = {
  exists: () => new ApiFailure(409, 'user-exists', 'There is a user of this name.'),
  absent: () => new ApiFailure(404, 'user-absent', 'There is no user of this name.'),
  'last-admin': () => new ApiFailure(409, 'last-admin', 'This is the last admin.'),
};

function allowed<Answer extends object | 'removed'>(answer: Answer | UserRefusal): Answer {
  if (typeof answer === 'string' && answer in refusals) throw refusals[answer as UserRefusal]();
  return answer as Answer;
}

function shown({ name, role, made, lastSignIn }: StoredUser): User {
  return {
    name,
    role,
    made: millisecondsText(made),
    lastSignIn: lastSignIn === null ? null : millisecondsText(lastSignIn),
  };
}

/** `/users`: for admins. */
export function userRoutes(context: ServerContext) {
  const { users, sessions, tokens } = context.metadata;
  return apiRouter()
    .openapi(list, (request) => request.json({ users: users.list().map(shown) }, 200))
    .openapi(add, async (request) => {
      const { name, role, password } = request.req.valid('json');
      if (users.isEmpty && role !== 'admin')
        throw new ApiFailure(409, 'first-user', 'The first user has to be an admin.');
      const user = allowed(await users.add(name, role, password));
      await audit(context, request, 'change', `added user ${name}, ${role}`);
      return request.json(shown(user), 201);
    })
    .openapi(change, async (request) => {
      const { name } = request.req.valid('param');
      const wanted = request.req.valid('json');
      const user = allowed(await users.change(name, wanted));
      if (wanted.password !== undefined) await sessions.endAllOf(name);
      const what = [
        wanted.role === undefined ? [] : `role ${wanted.role}`,
        wanted.password === undefined ? [] : 'password',
      ].flat();
      await audit(context, request, 'change', `changed user ${name}: ${what.join(', ')}`);
      return request.json(shown(user), 200);
    })
    .openapi(remove, async (request) => {
      const { name } = request.req.valid('param');
      allowed(await users.remove(name));
      await sessions.endAllOf(name);
      await tokens.removeAllOf(name);
      await audit(context, request, 'change', `removed user ${name}`);
      return request.body(null, 204);
    });
}
