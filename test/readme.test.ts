import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface TourStep {
  readonly command: string;
  /** Lines as the tour shows them; `…` stands for any text, a line of only `…` for any lines. */
  readonly shown: readonly string[];
}

/** The `console` blocks of a document: commands after `$ ` (continued after `> `), and what they print. */
function tourSteps(document: string): TourStep[] {
  const steps: { command: string; shown: string[] }[] = [];
  for (const [, block = ''] of document.matchAll(/^```console\n([\s\S]*?)^```$/gm)) {
    for (const line of block.trimEnd().split('\n')) {
      if (line.startsWith('$ ')) steps.push({ command: line.slice(2), shown: [] });
      else if (line.startsWith('> ')) (steps.at(-1) as { command: string }).command += `\n${line.slice(2)}`;
      else steps.at(-1)?.shown.push(line);
    }
  }
  return steps;
}

function pattern(shown: readonly string[]): RegExp {
  const escaped = shown.map((line) =>
    line === '…'
      ? '[^]*'
      : line
          .split('…')
          .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
          .join('[^\\n]*'),
  );
  return new RegExp(`^${escaped.join('\\n')}$`);
}

describe.each(['README.md', 'README.ja.md', 'docs/lineage.md'])('the tour of %s', (name) => {
  test('shows what really comes out', { timeout: 180_000 }, () => {
    const steps = tourSteps(readFileSync(join(root, name), 'utf8'));
    expect(steps.length).toBeGreaterThan(5);
    const folder = mkdtempSync(join(tmpdir(), 'keizu-tour-'));
    folders.push(folder);
    const environment: NodeJS.ProcessEnv = {
      ...process.env,
      PATH: `${join(root, 'bin')}:${process.env.PATH}`,
    };
    for (const { command, shown } of steps) {
      const [, variable, value] = /^export (\w+)=(\S+)$/.exec(command) ?? [];
      if (variable !== undefined) {
        environment[variable] = value;
        continue;
      }
      const { stdout } = spawnSync('bash', ['-c', `{ ${command}\n} 2>&1`], {
        cwd: folder,
        env: environment,
        encoding: 'utf8',
      });
      expect(stdout.trimEnd(), command).toMatch(pattern(shown));
    }
  });
});
