// How long `keizu --help` takes beside an empty Node program, in alternation. Budget: 150 ms. Run after `npm run build`.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const rounds = 15;
const budget = 150;
const keizu = resolve(import.meta.dirname, '../bin/keizu');

function milliseconds(args: readonly string[]): number {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, args);
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - began;
}

const help: number[] = [];
const empty: number[] = [];
for (let round = 0; round < rounds; round++) {
  help.push(milliseconds([keizu, '--help']));
  empty.push(milliseconds(['-e', '0']));
}
const median = (figures: number[]) => figures.sort((one, other) => one - other)[rounds >> 1] ?? 0;
const [ours, bare] = [median(help), median(empty)];
console.log(`keizu --help   ${ours.toFixed(0)} ms`);
console.log(`node -e 0      ${bare.toFixed(0)} ms   ratio ${(ours / bare).toFixed(2)}`);
console.log(ours <= budget ? `within the budget of ${budget} ms` : `over the budget of ${budget} ms`);
