import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Actor } from './access/actor.ts';

/** What Hono's context carries: who asks, and Node's request and response where a real socket is behind it. */
export interface ServerEnvironment {
  Variables: { actor: Actor };
  Bindings: Partial<HttpBindings>;
}

export type RequestContext = Context<ServerEnvironment>;

/** The address that a request came from. */
export function clientAddress(request: RequestContext): string {
  return request.env?.incoming?.socket.remoteAddress ?? 'local';
}
