import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { MacroDefinition } from '../src/spl/macros.ts';
import { parseSearch } from '../src/spl/parse.ts';
import { sharedPath } from './shared-data.ts';

const searchesPath = sharedPath('spl', 'searches.jsonl');
const macrosPath = sharedPath('spl', 'macros.json');

interface StoredMacro {
  readonly name: string;
  readonly args: readonly string[];
  readonly definition: string;
}

function readMacros(path: string): ReadonlyMap<string, MacroDefinition> {
  const stored: Record<string, StoredMacro> = JSON.parse(readFileSync(path, 'utf8'));
  return new Map(
    Object.values(stored).map(({ name, args, definition }) => [
      args.length === 0 ? name : `${name.replace(/\(\d+\)$/, '')}(${args.length})`,
      { args, definition },
    ]),
  );
}

describe.skipIf(searchesPath === undefined || macrosPath === undefined)(
  'searches that people published (skipped where the reference data is absent)',
  () => {
    test('are parsed without an exception, and what is not supported is named', () => {
      const macros = readMacros(macrosPath ?? '');
      const lines = readFileSync(searchesPath ?? '', 'utf8')
        .split('\n')
        .filter((line) => line !== '');
      const codes = new Map<string, number>();
      let understood = 0;
      for (const line of lines) {
        const { spl }: { spl: string } = JSON.parse(line);
        const { search, diagnostics } = parseSearch(spl, { macros });
        if (search !== undefined) understood += 1;
        const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
        expect(search === undefined).toBe(errors.length > 0);
        for (const code of new Set(errors.map((error) => error.code)))
          codes.set(code, (codes.get(code) ?? 0) + 1);
      }
      const reasons = [...codes]
        .sort((left, right) => right[1] - left[1])
        .map(([code, count]) => `${code} ${count}`);
      console.log(
        `${understood} of ${lines.length} published searches parse fully; else: ${reasons.join(', ')}`,
      );
      expect(lines.length).toBeGreaterThan(2000);
      // What parses today must go on to parse.
      expect(understood).toBeGreaterThan(900);
    });
  },
);
