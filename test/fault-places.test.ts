import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseSearch } from '../src/spl/parse.ts';
import { sharedPath } from './shared-data.ts';

interface FaultyCase {
  readonly id: string;
  readonly spl: string;
  readonly error: { readonly fault: string; readonly span: string };
}

const path = sharedPath('spl', 'conformance', 'errors.jsonl');
const cases: readonly FaultyCase[] =
  path === undefined
    ? []
    : readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));

describe.skipIf(path === undefined)(
  'faults of the conformance pack are found where they are (skipped where the pack is absent)',
  () => {
    test.each(cases)('$id: $error.fault', ({ spl, error }) => {
      const starts = parseSearch(spl).diagnostics.map((diagnostic) => diagnostic.span?.start ?? -1);
      const places: (readonly [number, number])[] = [];
      for (let at = spl.indexOf(error.span); at !== -1; at = spl.indexOf(error.span, at + 1))
        places.push([at, at + error.span.length]);
      expect(starts.some((start) => places.some(([from, to]) => start >= from && start <= to))).toBe(true);
    });
  },
);
