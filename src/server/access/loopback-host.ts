import type { MiddlewareHandler } from 'hono';
import { ApiFailure } from '../api-failure.ts';
import type { ServerEnvironment } from '../server-environment.ts';

/** Whether an address to listen on is of this machine only. */
export function isLoopbackAddress(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);
}

/**
 * Refuses requests that name another host. A page on the internet can have its own name point to 127.0.0.1 (DNS rebinding)
 * and would then be of the same origin as a server that asks nobody to sign in.
 */
export function loopbackHostOnly(): MiddlewareHandler<ServerEnvironment> {
  return async (request, next) => {
    const { hostname } = new URL(request.req.url);
    if (isLoopbackAddress(hostname.replace(/^\[|\]$/g, ''))) return next();
    throw new ApiFailure(421, 'wrong-host', 'This server answers to localhost and 127.0.0.1 only.');
  };
}
