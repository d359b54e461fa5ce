import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { followTour, tourSteps } from './document-tour.ts';

const root = resolve(import.meta.dirname, '..');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.each(['README.md', 'README.ja.md', 'docs/lineage.md'])('the tour of %s', (name) => {
  test('shows what really comes out', { timeout: 180_000 }, () => {
    const steps = tourSteps(readFileSync(join(root, name), 'utf8'));
    expect(steps.length).toBeGreaterThan(5);
    const folder = mkdtempSync(join(tmpdir(), 'keizu-tour-'));
    folders.push(folder);
    followTour(steps, folder);
  });
});
