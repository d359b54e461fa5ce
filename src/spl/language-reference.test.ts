import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languageReference } from './language-reference.ts';

test('docs/language.md is what the tables give (npm run docs:language)', () => {
  const written = readFileSync(join(import.meta.dirname, '../../docs/language.md'), 'utf8');
  expect(written).toBe(languageReference());
});
