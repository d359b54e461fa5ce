import i18next from 'i18next';
import { beforeEach, expect, test, vi } from 'vitest';

type Module = typeof import('./language.ts');

let language: Module;

beforeEach(async () => {
  vi.stubGlobal('navigator', { language: 'en-GB' });
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  vi.stubGlobal('document', { documentElement: { lang: '', dataset: {} } });
  vi.resetModules();
  language = await import('./language.ts');
  await language.startLanguage();
});

const has = (name: string, area: string) => i18next.hasResourceBundle(name, area);

test('only the language that is spoken is loaded, and of it what the first page shows', async () => {
  expect(i18next.getFixedT(null, 'search')('run')).toBe('Run');
  expect([has('en', 'tree'), has('ja', 'frame')]).toEqual([false, false]);
  expect(await language.withTexts(Promise.resolve('code'))).toBe('code');
  expect([has('en', 'tree'), has('ja', 'tree')]).toEqual([true, false]);
});

test('the language changes when its texts are there, and says then what the server says by code', async () => {
  const { inJapanese } = await import('./in-japanese.ts');
  const spoken: string[] = [];
  i18next.on('languageChanged', (name) => spoken.push(`${name} ${has(name, 'frame')}`));
  await language.chooseLanguage('ja');
  expect(spoken).toEqual(['ja true']);
  expect(i18next.getFixedT(null, 'search')('run')).toBe('実行');
  expect(inJapanese()?.failure('unreachable', {})?.[0]).toBe('サーバーから応答がありません。');
  await language.chooseLanguage('en');
  expect(i18next.getFixedT(null, 'search')('run')).toBe('Run');
  expect(inJapanese()).toBeUndefined();
});

test('an area that is opened while the language changes has its texts in both', async () => {
  const chosen = language.chooseLanguage('ja');
  const opened = language.withTexts(Promise.resolve());
  await Promise.all([chosen, opened]);
  expect([i18next.language, has('ja', 'tree')]).toEqual(['ja', true]);
});
