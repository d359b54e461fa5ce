import { createRoute } from '@hono/zod-openapi';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Actor } from '../access/actor.ts';
import { cookieName, findActor, isOpen } from '../access/find-actor.ts';
import { checkCsrf } from '../access/guard.ts';
import { SignInLimit } from '../access/sign-in-limit.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import { type SessionState, sessionStateSchema, signInSchema } from '../contracts/session.ts';
import { longestSession } from '../metadata/session-table.ts';
import { clientAddress } from '../server-environment.ts';
import { apiRouter, doneAnswer, failureAnswers, jsonAnswer, jsonBody } from './api-router.ts';

const read = createRoute({
  method: 'get',
  path: '/session',
  summary: 'Who is signed in, and whether one has to sign in',
  responses: { 200: jsonAnswer(sessionStateSchema, 'The session.'), ...failureAnswers },
});

const signIn = createRoute({
  method: 'post',
  path: '/session',
  summary: 'Signs in',
  request: { body: jsonBody(signInSchema) },
  responses: { 200: jsonAnswer(sessionStateSchema, 'The new session.'), ...failureAnswers },
});

const signOut = createRoute({
  method: 'delete',
  path: '/session',
  summary: 'Signs out',
  responses: { ...doneAnswer, ...failureAnswers },
});

/** `/session`: the only area that is open to everybody. */
export function sessionRoutes(context: ServerContext) {
  const { metadata, isSecure } = context;
  const limit = new SignInLimit();
  const state = (actor: Actor | undefined): SessionState => ({
    user: actor ? { name: actor.name, role: actor.role } : null,
    signIn: isOpen(context) ? 'not-needed' : 'required',
    csrf: actor?.csrf ?? '',
    version: context.version,
    store: actor ? context.store.location : '',
  });
  return apiRouter()
    .openapi(read, (request) => request.json(state(findActor(context, request)), 200))
    .openapi(signIn, async (request) => {
      const { name, password } = request.req.valid('json');
      const address = clientAddress(request);
      // A form of another origin cannot send this header without being asked for leave.
      if (!request.req.header('content-type')?.startsWith('application/json'))
        throw new ApiFailure(415, 'not-json', 'Send JSON.');
      const wait = limit.wait(name, address);
      if (wait > 0) {
        request.header('retry-after', String(wait));
        throw new ApiFailure(429, 'too-many-tries', `Too many failed tries; wait ${wait} seconds.`, {
          values: { seconds: wait },
        });
      }
      limit.tried(name, address);
      const user = await metadata.users.verify(name, password);
      if (!user) {
        await metadata.audit.add({
          user: name.slice(0, 64),
          action: 'sign-in-refused',
          subject: '',
          address,
        });
        throw new ApiFailure(401, 'wrong-password', 'No user has this name and password.');
      }
      limit.succeeded(name, address);
      const text = await metadata.sessions.start(user.name);
      await metadata.audit.add({ user: user.name, action: 'sign-in', subject: '', address });
      setCookie(request, cookieName(context), text, {
        httpOnly: true,
        sameSite: 'Strict',
        secure: isSecure,
        path: '/',
        maxAge: longestSession / 1000,
      });
      const csrf = metadata.sessions.find(text)?.csrf ?? '';
      return request.json(state({ name: user.name, role: user.role, by: 'session', csrf }), 200);
    })
    .openapi(signOut, async (request) => {
      const actor = findActor(context, request);
      const text = getCookie(request, cookieName(context));
      if (actor?.by !== 'session' || text === undefined) return request.body(null, 204);
      checkCsrf(request.req.header('x-keizu-csrf'), actor.csrf);
      await metadata.sessions.end(text);
      await metadata.audit.add({
        user: actor.name,
        action: 'sign-out',
        subject: '',
        address: clientAddress(request),
      });
      deleteCookie(request, cookieName(context), { path: '/', secure: isSecure });
      return request.body(null, 204);
    });
}
