import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { ServerEnvironment } from './server-environment.ts';

/** Stands in the built `index.html` where the nonce of an answer comes (Vite's `html.cspNonce`). */
const noncePlace = '__CSP_NONCE__';

/** Nothing may be loaded but from this server, nothing inline may run, and no other page may frame this one. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

const notBuilt = `The page of Keizu is not built here.

  npm run build      builds it; then start the server again
  /api/openapi.json  says what the API can do
`;

/**
 * The built page: its files, and `index.html` for every other path that a browser opens, since the paths of the page are
 * its own. The nonce is new in each answer.
 */
export function webPage(folder: string | undefined): Hono<ServerEnvironment> {
  const app = new Hono<ServerEnvironment>();
  if (folder === undefined) return app.get('*', (request) => request.text(notBuilt, 404));
  const files = serveStatic<ServerEnvironment>({
    root: folder,
    onFound: (path, request) => {
      // Files below assets/ have a digest of their content in their names.
      const isLasting = path.startsWith(join(folder, 'assets'));
      request.header('cache-control', isLasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const index = async (): Promise<Response> => {
    const nonce = randomBytes(16).toString('base64');
    const html = await readFile(join(folder, 'index.html'), 'utf8');
    return new Response(html.replaceAll(noncePlace, nonce), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': contentSecurityPolicy(nonce),
      },
    });
  };
  app.get('/', index);
  app.get('/index.html', index);
  app.get('*', files);
  app.get('*', (request) => {
    if (request.req.header('accept')?.includes('text/html')) return index();
    return request.text('not found\n', 404);
  });
  return app;
}
