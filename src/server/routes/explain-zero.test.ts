import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeServer } from '../../../test/made-server.ts';
import { sampleEvent } from '../../store/store.contract.ts';
import type { Failure } from '../contracts/error.ts';
import { type ZeroExplanation, zeroSchema } from '../contracts/explain-zero.ts';

let server: Awaited<ReturnType<typeof makeServer>>;

beforeAll(async () => {
  server = await makeServer();
  await server.store.write([
    sampleEvent('one', { Image: 'C:\\a.exe' }, { raw: 'start C:/a.exe' }),
    sampleEvent('two', { Image: 'C:\\b.exe' }, { raw: 'start of b.exe' }),
  ]);
  await server.session();
});
afterAll(() => server.close());

test('the answer is what the contract says, and tells of other spellings', async () => {
  const answer = await server.json<ZeroExplanation>('POST', '/api/explain-zero', {
    text: 'index=main "C:\\\\a.exe"',
  });
  expect(zeroSchema.parse(answer)).toEqual(answer);
  expect(answer).toMatchObject({ matching: 0, scope: { events: 2, indexes: ['main'] } });
  expect(answer.spellings.find(({ kind }) => kind === 'separators')).toMatchObject({ alone: 1, more: 1 });
  expect(answer.coverage.hosts).toEqual([]);
});

test('a faulty search, and one that reads no events, are refused', async () => {
  const faulty = await server.ask('POST', '/api/explain-zero', { text: 'index=main (' });
  expect(((await faulty.json()) as Failure).error.code).toBe('search-faulty');
  const none = await server.ask('POST', '/api/explain-zero', { text: '| makeresults' });
  expect(none.status).toBe(400);
  expect(((await none.json()) as Failure).error.code).toBe('reads-no-events');
});
