import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { beforeAll, expect, test, vi } from 'vitest';

type Chunk = Rolldown.OutputChunk;

/** Bytes of JavaScript, gzipped, that the first page may load before anybody does anything. */
const most = 350_000;

const source = import.meta.dirname;
let chunks: ReadonlyMap<string, Chunk>;

beforeAll(async () => {
  const configFile = resolve(source, '../vite.config.ts');
  // Libraries have more in them for those who test.
  vi.stubEnv('NODE_ENV', 'production');
  const built = await build({ configFile, logLevel: 'silent', build: { write: false } });
  vi.unstubAllEnvs();
  const { output } = built as Rolldown.RolldownOutput;
  chunks = new Map(output.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part]] : [])));
});

/** The chunk that begins with a module of `web/src`. */
function chunkOf(path: string): Chunk {
  const wanted = join(source, path);
  const found = [...chunks.values()].find(({ facadeModuleId }) => facadeModuleId === wanted);
  if (!found) throw new Error(`${path} is in no chunk of its own`);
  return found;
}

/** The chunks, with all that a browser loads with them. */
function withImports(first: readonly Chunk[]): readonly Chunk[] {
  const all = new Set<Chunk>();
  const add = (chunk: Chunk | undefined): void => {
    if (!chunk || all.has(chunk)) return;
    all.add(chunk);
    for (const name of chunk.imports) add(chunks.get(name));
  };
  for (const chunk of first) add(chunk);
  return [...all];
}

function searchPage(language: string): readonly Chunk[] {
  const entry = [...chunks.values()].filter(({ isEntry }) => isEntry);
  const parts = ['search/search-page.tsx', 'search/editor/spl-editor.tsx', 'frame/command-palette.tsx'];
  return withImports([...entry, ...[...parts, `i18n/${language}.ts`].map(chunkOf)]);
}

test.each(['english', 'japanese'])('the search page, its editor and its %s texts are light', (language) => {
  const bytes = searchPage(language).reduce((sum, { code }) => sum + gzipSync(code).length, 0);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThanOrEqual(most);
});

test('the search page speaks with the texts that are loaded with it', () => {
  const first = /export const firstEnglish = \{(.*?)\}/s.exec(
    readFileSync(join(source, 'i18n/english.ts'), 'utf8'),
  );
  const loaded = [...(first?.[1] ?? '').matchAll(/(\w+):/g)].map(([, area]) => area);
  const modules = searchPage('english').flatMap(({ moduleIds }) => moduleIds);
  const own = modules.filter((id) => id.startsWith(source) && !id.includes('?') && /\.tsx?$/.test(id));
  const used = own.flatMap((id) =>
    [...readFileSync(id, 'utf8').matchAll(/(?:useTranslation|getFixedT)\(([^)]*)\)/g)].flatMap(
      ([, given = '']) => [...given.matchAll(/'(\w+)'/g)].map(([, area]) => area),
    ),
  );
  expect(used.length).toBeGreaterThan(20);
  expect(loaded).toEqual(expect.arrayContaining([...new Set(used)]));
});
