import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frameTexts } from '../web/src/i18n/frame.ts';
import { searchTexts } from '../web/src/i18n/search.ts';
import { followTour, tourEnvironment, tourSteps } from './document-tour.ts';

const pages = resolve(import.meta.dirname, '../docs/pitfalls');
const names = readdirSync(pages).toSorted();
const folder = mkdtempSync(join(tmpdir(), 'keizu-pitfalls-'));
const environment = tourEnvironment();
const read = (name: string): string => readFileSync(join(pages, name), 'utf8');
const numbered = names.filter((name) => /^\d/.test(name));

// The pages begin with the case that the first page of the folder makes.
beforeAll(() => followTour(tourSteps(read('README.md')), folder, environment), 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('there are five, each in both languages, and both begin alike', () => {
  const english = numbered.filter((name) => !name.endsWith('.ja.md'));
  expect(english).toHaveLength(5);
  expect(numbered.filter((name) => name.endsWith('.ja.md'))).toEqual(
    english.map((name) => name.replace('.md', '.ja.md')),
  );
  expect(tourSteps(read('README.ja.md'))).toEqual(tourSteps(read('README.md')));
  for (const name of english)
    expect(tourSteps(read(name.replace('.md', '.ja.md'))).map(({ command }) => command)).toEqual(
      tourSteps(read(name)).map(({ command }) => command),
    );
});

describe.each(numbered)('%s', (name) => {
  test('shows what really comes out', { timeout: 180_000 }, () => {
    const steps = tourSteps(read(name));
    expect(steps.length).toBeGreaterThan(1);
    followTour(steps, folder, environment);
  });

  test('names what stands on the page', () => {
    const [, click = ''] = read(name).split(/\*\*(?:The click\.|クリック。)\*\*/);
    const named = [...click.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label]) => label);
    expect(named.length).toBeGreaterThan(0);
    const language = name.endsWith('.ja.md') ? 'ja' : 'en';
    const words: readonly string[] = [searchTexts, frameTexts].flatMap((texts) =>
      Object.values<string>(texts[language]),
    );
    for (const label of named) expect(words).toContain(label);
  });
});
