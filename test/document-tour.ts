import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';

const root = resolve(import.meta.dirname, '..');

export interface TourStep {
  readonly command: string;
  /** Lines as the tour shows them; `…` stands for any text, a line of only `…` for any lines. */
  readonly shown: readonly string[];
}

/** The `console` blocks of a document: commands after `$ ` (continued after `> `), and what they print. */
export function tourSteps(document: string): readonly TourStep[] {
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

/** Follows steps in a folder, with the built program on the path, and expects what they show. `environment` takes exports. */
export function followTour(
  steps: readonly TourStep[],
  folder: string,
  environment: NodeJS.ProcessEnv = tourEnvironment(),
): void {
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
}

export function tourEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${join(root, 'bin')}:${process.env.PATH}` };
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
