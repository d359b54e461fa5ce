import { join } from 'node:path';
import { expect, test } from 'vitest';
import { meaningsDocument } from './meanings-document.ts';
import { proxyMeanings } from './proxy-fields.ts';

test('docs/proxies.md is what the table says (vitest -u writes it)', async () => {
  await expect(meaningsDocument()).toMatchFileSnapshot(join(import.meta.dirname, '../../../docs/proxies.md'));
});

test('every product has a row in both tables', () => {
  const rows = meaningsDocument().split('\n');
  for (const product of Object.keys(proxyMeanings))
    expect(rows.filter((row) => row.startsWith(`| ${product} |`)).length, product).toBe(2);
});
