import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { expect, test } from 'vitest';
import { quickGzip } from './quick-gzip.ts';

const large = { numbers: Array.from({ length: 50_000 }, (_, at) => at) };

const alone = new Hono();
alone.get('/large', quickGzip, (request) => request.json(large));
alone.get('/small', quickGzip, (request) => request.json({ small: true }));
const app = new Hono();
app.use('*', compress({ encoding: 'gzip', threshold: 2_048 }));
app.route('/', alone);

test('large answers are compressed once, for those who take gzip', async () => {
  const answer = await app.request('/large', { headers: { 'accept-encoding': 'br, gzip' } });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': 'application/json',
    vary: 'Accept-Encoding',
  });
  expect(JSON.parse(gunzipSync(await answer.arrayBuffer()).toString())).toEqual(large);
});

test.each([
  ['/large', {}, large],
  ['/large', { 'accept-encoding': 'gzip;q=0' }, large],
  ['/small', { 'accept-encoding': 'gzip' }, { small: true }],
])('%s with %o is sent as it is', async (path, headers, value) => {
  const answer = await alone.request(path, { headers });
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(await answer.json()).toEqual(value);
});
