import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import type { ServerEnvironment } from '../server-environment.ts';
import { mayAct } from './actor.ts';
import { findActor } from './find-actor.ts';
import { requiredRole } from './required-role.ts';

/** Paths that need nobody: signing in, and what the API is. */
const open: readonly string[] = ['/api/session', '/api/openapi.json'];

const harmless: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Lets a request through where its actor may do it. What changes something must carry the actor's CSRF text, which no page
 * of another origin can read.
 */
export function guard(context: ServerContext): MiddlewareHandler<ServerEnvironment> {
  return async (request, next) => {
    const { method, path } = request.req;
    const actor = open.includes(path) ? undefined : findActor(context, request);
    if (open.includes(path)) return next();
    if (!actor) throw new ApiFailure(401, 'sign-in-required', 'Sign in first.');
    if (!harmless.includes(method) && actor.by !== 'token')
      checkCsrf(request.req.header('x-keizu-csrf'), actor.csrf);
    const needed = requiredRole(method, path);
    if (!mayAct(actor, needed))
      throw new ApiFailure(403, 'role-too-low', `This needs the role ${needed}; you are ${actor.role}.`, {
        values: { needed, role: actor.role },
      });
    request.set('actor', actor);
    return next();
  };
}

/** Fails where the text is not the one that the session was given. */
export function checkCsrf(given: string | undefined, expected: string): void {
  const one = Buffer.from(given ?? '');
  const other = Buffer.from(expected);
  if (one.length === other.length && timingSafeEqual(one, other)) return;
  throw new ApiFailure(403, 'csrf', 'The header x-keizu-csrf is absent or of another session.', {
    hint: 'GET /api/session says what it must be.',
  });
}
