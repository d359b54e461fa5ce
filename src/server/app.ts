import { compress } from 'hono/compress';
import { guard } from './access/guard.ts';
import { loopbackHostOnly } from './access/loopback-host.ts';
import { ApiFailure } from './api-failure.ts';
import type { ServerContext } from './context.ts';
import { failureOf, isBug } from './failure-answer.ts';
import { apiRouter } from './routes/api-router.ts';
import { areas } from './routes/registry.ts';
import { webPage } from './web-page.ts';

/** Smaller answers are sent as they are. */
const compressedFrom = 2_048;

/** The whole application: the API below `/api`, the page elsewhere. `app.request()` uses it without a socket. */
export function serverApp(context: ServerContext) {
  const app = apiRouter();
  app.use('*', async (request, next) => {
    await next();
    const { headers } = request.res;
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('x-frame-options', 'DENY');
    if (!headers.has('content-security-policy'))
      headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    if (context.isSecure) headers.set('strict-transport-security', 'max-age=31536000');
    if (request.req.path.startsWith('/api/') && !headers.has('cache-control'))
      headers.set('cache-control', 'no-store');
  });
  if (context.isLoopback) app.use('*', loopbackHostOnly());
  app.use('*', compress({ encoding: 'gzip', threshold: compressedFrom }));
  app.use('/api/*', async (_, next) => {
    const end = context.work.request();
    try {
      await next();
    } finally {
      end();
    }
  });
  app.use('/api/*', guard(context));
  for (const area of areas) app.route('/api', area(context));
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Keizu',
      version: context.version,
      description:
        'Times are ISO 8601 in UTC with seven digits of fraction. A request that changes something carries the header x-keizu-csrf with the text that GET /api/session gives, or a bearer token.',
    },
  });
  app.all('/api/*', () => {
    throw new ApiFailure(404, 'no-such-route', 'The API has nothing here; see /api/openapi.json.');
  });
  app.route('/', webPage(context.pageFolder));
  app.onError((error, request) => {
    const { status, failure } = failureOf(error);
    if (isBug(error)) context.log(`${request.req.method} ${request.req.path}: ${error.stack ?? error}`);
    return request.json(failure, status);
  });
  return app;
}
