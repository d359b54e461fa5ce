// pstree: log-like edges, how the time grows with them, and one parent with very many children.
// Prints milliseconds and ratios; fails where a budget is missed.
import { PstreeBuilder, type PstreeRow } from '../src/lineage/pstree.ts';

/** Edges as a busy host logs them: newest first, reused process ids, a few parents with many children. */
function logLike(count: number): PstreeRow[] {
  let state = 12345;
  const random = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const names = ['svchost.exe', 'cmd.exe', 'chrome.exe', 'conhost.exe', 'powershell.exe', 'WmiPrvSE.exe'];
  const label = (process: number): string => `${names[process % names.length]} (${process * 4})`;
  const rows: PstreeRow[] = [];
  for (let at = count; at > 0; at--) {
    const parent = random(3) === 0 ? random(20) : random(at);
    rows.push({
      parent: label(parent),
      child: label(at),
      detail: `2024-05-14 09:00:00 C:\\tool.exe /n ${at}`,
    });
  }
  return rows;
}

function wide(count: number): PstreeRow[] {
  return Array.from({ length: count }, (_, at) => ({
    parent: 'services.exe (600)',
    child: `svchost.exe (${at})`,
  }));
}

/** Best of three, in milliseconds: rows in, every line out, warnings made. */
function time(rows: readonly PstreeRow[], method: 'i' | 'r'): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    const builder = new PstreeBuilder({ spaces: 50, method });
    for (const row of rows) builder.add(row);
    let characters = 0;
    for (const forest of builder.forests()) {
      for (const tree of forest.trees) for (const line of tree.lines) characters += line.length;
      forest.warnings();
    }
    if (characters === 0) throw new Error('no lines');
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const failures: string[] = [];
function report(name: string, milliseconds: number, budget?: number): void {
  const within = budget === undefined || milliseconds <= budget;
  if (!within) failures.push(name);
  const limit = budget === undefined ? '' : ` (budget ${budget} ms${within ? '' : ', MISSED'})`;
  console.log(`${name.padEnd(48)} ${milliseconds.toFixed(1).padStart(8)} ms${limit}`);
}

/** What any program must do with the labels: look each up once. Best of three, in milliseconds. */
function timeLookups(rows: readonly PstreeRow[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    const ids = new Map<unknown, number>();
    for (const { parent, child } of rows) {
      if (!ids.has(parent)) ids.set(parent, ids.size);
      if (!ids.has(child)) ids.set(child, ids.size);
    }
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

// A bare map over the same labels is linear, and the processor's cache flatters small ones of both alike: so a bounded
// multiple of it, at every size, is the proof of linearity.
const MULTIPLE = 8;
for (const method of ['i', 'r'] as const) {
  let before: number | undefined;
  for (const count of [100_000, 250_000, 500_000, 1_000_000]) {
    const rows = logLike(count);
    const taken = time(rows, method);
    const multiple = taken / timeLookups(rows);
    report(`${count} log-like edges, method ${method}`, taken, count === 100_000 ? 500 : undefined);
    const growth = before === undefined ? '' : `; ${(taken / before).toFixed(1)} times the line before`;
    console.log(`  ${multiple.toFixed(1)} times a bare map of the labels (budget ${MULTIPLE})${growth}`);
    if (multiple > MULTIPLE) failures.push(`growth, method ${method}, ${count} edges`);
    before = taken;
  }
  report(`one parent with 100,000 children, method ${method}`, time(wide(100_000), method), 500);
}
if (failures.length > 0) {
  console.error(`missed: ${failures.join(', ')}`);
  process.exitCode = 1;
}
