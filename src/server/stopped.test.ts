import { afterEach, expect, test, vi } from 'vitest';
import { makeServer } from '../../test/made-server.ts';
import { sysmonEvent } from '../../test/stored-events.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('what was asked when the server ends is cut off without a word in the log', async () => {
  const server = await makeServer();
  const complained = vi.spyOn(console, 'error').mockImplementation(() => {});
  await server.session();
  await server.store.write([sysmonEvent('1', { at: '09:00:00' }, { ProcessId: '4', Image: 'C:\\a.exe' })]);
  const asked = ['/api/tree?host=ws01', '/api/coverage', '/api/hosts/ws01/live', '/api/fields'].map((path) =>
    server.ask('GET', path),
  );
  await server.close();
  const answers = await Promise.all(asked);
  for (const answer of answers) {
    const text = await answer.text();
    if (answer.status !== 200) expect(JSON.parse(text)).toMatchObject({ error: { code: 'query-cancelled' } });
  }
  expect(answers.map(({ status }) => status)).toContain(409);
  expect(server.logged).toEqual([]);
  expect(complained).not.toHaveBeenCalled();
});
