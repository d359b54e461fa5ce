import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeServer } from '../../../test/made-server.ts';
import { sampleEvent } from '../../store/store.contract.ts';
import type { Completions, Explanation } from '../contracts/editor.ts';

let server: Awaited<ReturnType<typeof makeServer>>;

beforeAll(async () => {
  server = await makeServer();
  await server.store.write([
    sampleEvent('1', { Image: 'C:\\Windows\\cmd.exe', CommandLine: 'cmd "x"', 'odd name': 'v' }),
    sampleEvent('2', { Image: 'C:\\Windows\\cmd.exe', User: 'ann' }),
    sampleEvent('3', { Image: 'C:\\Windows\\net.exe', User: 'bob' }),
  ]);
  await server.session();
});
afterAll(() => server.close());

/** Completes at the place of the bar. */
async function at(marked: string): Promise<Completions & { labels: string[] }> {
  const place = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const found = await server.json<Completions>('POST', '/api/complete', { text, at: place });
  return { ...found, labels: found.options.map(({ label }) => label) };
}

describe('completion', () => {
  test('offers commands behind a pipe, generating ones only at the beginning', async () => {
    const { from, labels, options } = await at('index=main | st¦');
    expect(from).toBe(13);
    expect(labels.slice(0, 2)).toEqual(['stats', 'streamstats']);
    expect(options[0]).toMatchObject({ kind: 'command', info: expect.stringContaining('statistics') });
    expect((await at('| make¦')).labels).toEqual(['makeresults']);
    expect((await at('index=main | ¦')).labels).toContain('eval');
  });

  test('offers fields in a search, those of most events first', async () => {
    const { labels, from } = await at('index=main Us¦');
    expect(labels[0]).toBe('User');
    expect(from).toBe(11);
    const all = (await at('index=main ¦')).labels;
    expect(all.indexOf('Image')).toBeLessThan(all.indexOf('User'));
  });

  test('offers values of a field, quoted where they have to be', async () => {
    for (const marked of [
      'Image=¦',
      'Image="¦',
      'Image IN ("a", ¦',
      'Image=*cmd¦',
      'index=main Image="C:\\\\Win¦',
    ]) {
      const { options } = await at(marked);
      if (marked.includes('*')) continue;
      expect(options[0]?.label, marked).toBe('C:\\Windows\\cmd.exe');
      const insert = options[0]?.insert ?? '';
      expect(insert.startsWith('"') || marked.includes('="'), marked).toBe(true);
    }
    expect((await at('User=a¦')).options[0]).toMatchObject({ label: 'ann', insert: 'ann', kind: 'value' });
    expect((await at('index=main | where User="a¦')).options[0]).toMatchObject({
      label: 'ann',
      insert: 'ann"',
    });
  });

  test('gives values that find their events', async () => {
    const { from, options } = await at('index=main CommandLine=¦');
    const text = `${'index=main CommandLine='.slice(0, from)}${options[0]?.insert}`;
    expect((await server.search(text)).rows).toBe(1);
    const where = await at('index=main | where CommandLine=¦');
    expect((await server.search(`index=main | where CommandLine=${where.options[0]?.insert}`)).rows).toBe(1);
  });

  test('offers functions and fields in eval, and names with blanks in quotes', async () => {
    const { options } = await at('index=main | eval a=repl¦');
    expect(options[0]).toMatchObject({ label: 'replace', kind: 'function', insert: 'replace(' });
    const odd = (await at('index=main | eval a=odd¦')).options.find(({ label }) => label === 'odd name');
    expect(odd?.insert).toBe("'odd name'");
  });

  test('offers statistics, options and fields of the search itself', async () => {
    expect((await at('index=main | stats dc¦')).labels[0]).toBe('dc');
    expect((await at('index=main | stats count AS hits BY host | sort hi¦')).labels).toContain('hits');
    expect((await at('index=main | dedup keepe¦')).options[0]).toMatchObject({
      kind: 'option',
      insert: 'keepevents=',
    });
  });

  test('never fails, whatever stands there', async () => {
    for (const text of [
      '`',
      '"',
      "'",
      '[',
      '|||',
      'a=(',
      '| eval "',
      'x IN (',
      '\u0000',
      '```',
      '| nosuch x',
    ])
      for (let place = 0; place <= text.length; place++) {
        const answer = await server.ask('POST', '/api/complete', { text, at: place });
        expect(answer.status, `${text} at ${place}`).toBe(200);
      }
  });
});

describe('check', () => {
  test('tells parts of speech and faults', async () => {
    const checked = await server.json<{ tokens: unknown[]; diagnostics: unknown[] }>('POST', '/api/check', {
      text: 'index=main | nosuch',
    });
    expect(checked.tokens).toContainEqual({ from: 11, to: 12, kind: 'pipe' });
    expect(checked.diagnostics[0]).toMatchObject({ severity: 'error', from: 13, to: 19 });
    const long = await server.json<{ diagnostics: { parameters: { name: string } }[] }>(
      'POST',
      '/api/check',
      {
        text: `index=main | ${'x'.repeat(5_000)}`,
      },
    );
    expect(long.diagnostics[0]?.parameters.name).toBe(`${'x'.repeat(1_000)}…`);
    const good = await server.json<{ diagnostics: unknown[] }>('POST', '/api/check', { text: 'index=main' });
    expect(good.diagnostics).toEqual([]);
  });

  test('explains a search, and a faulty one as far as it goes', async () => {
    const { sections } = await server.json<Explanation>('POST', '/api/explain', { text: 'index=main' });
    expect(sections.map(({ heading }) => heading)).toEqual(
      expect.arrayContaining(['tokens', 'plan', 'fields-read']),
    );
    expect(sections.at(-1)).toMatchObject({ heading: 'sql-result', operator: null });
    const faulty = await server.json<Explanation>('POST', '/api/explain', { text: '| nosuch' });
    expect(faulty.diagnostics.map(({ code }) => code)).toEqual(['unknown-command']);
    expect(faulty.sections.map(({ heading }) => heading)).toContain('tokens');
  });
});
