import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { accepts } from 'hono/accepts';
import { createMiddleware } from 'hono/factory';

const compress = promisify(gzip);

/** Shorter answers are left to whoever compresses all others. Bytes. */
const least = 65_536;

/** Of columns of numbers: a quarter of the usual work, and a tenth more bytes. */
const level = 4;

/** Compresses large answers with less work than usual, where the client takes gzip. */
export const quickGzip = createMiddleware(async (request, next) => {
  await next();
  const taken = accepts(request, {
    header: 'Accept-Encoding',
    supports: ['gzip'],
    default: 'identity',
  });
  if (taken !== 'gzip' || request.res.status !== 200 || request.req.method !== 'GET') return;
  const headers = new Headers(request.res.headers);
  const bytes = await request.res.arrayBuffer();
  request.res = undefined;
  if (bytes.byteLength < least) {
    request.res = new Response(bytes, { status: 200, headers });
    return;
  }
  headers.delete('Content-Length');
  headers.set('Content-Encoding', 'gzip');
  headers.append('Vary', 'Accept-Encoding');
  const body = new Uint8Array(await compress(bytes, { level }));
  request.res = new Response(body, { status: 200, headers });
});
