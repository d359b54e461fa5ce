import { getCookie } from 'hono/cookie';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import { secretText } from '../metadata/secret-text.ts';
import type { RequestContext } from '../server-environment.ts';
import { type Actor, lesserRole } from './actor.ts';

/** The name of whoever works on this machine without having signed in. */
export const localName = 'local';

const localCsrf = secretText();

/** The cookie's name; with the prefix a browser takes it over TLS only, and from this host only. */
export function cookieName({ isSecure }: Pick<ServerContext, 'isSecure'>): string {
  return isSecure ? '__Host-keizu' : 'keizu';
}

/** Whether nobody has to sign in. */
export function isOpen({ isLoopback, metadata }: ServerContext): boolean {
  return isLoopback && metadata.users.isEmpty;
}

/** Who makes a request; undefined where nobody has signed in. Fails where a token is given that is none. */
export function findActor(context: ServerContext, request: RequestContext): Actor | undefined {
  const { users, sessions, tokens } = context.metadata;
  const authorization = request.req.header('authorization');
  if (authorization !== undefined) {
    const [, text = ''] = /^bearer +(\S+)$/i.exec(authorization) ?? [];
    const token = tokens.find(text);
    const user = token && users.find(token.user);
    if (token && user)
      return { name: user.name, role: lesserRole(token.role, user.role), by: 'token', csrf: '' };
    throw new ApiFailure(401, 'token-unknown', 'This token is not known, or was taken back.');
  }
  if (isOpen(context)) return { name: localName, role: 'admin', by: 'local', csrf: localCsrf };
  const text = getCookie(request, cookieName(context));
  const session = text === undefined ? undefined : sessions.find(text);
  const user = session && users.find(session.user);
  return user && { name: user.name, role: user.role, by: 'session', csrf: session.csrf };
}
