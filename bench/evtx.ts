/**
 * How fast event logs are decoded, over the logs of the corpus held in memory. Seconds are those of the processor, the
 * garbage collector's threads included, and the best round counts, so that other work on the machine weighs little. The
 * first round compiles every template and warms the engine up.
 *
 *   npx tsx bench/evtx.ts [FOLDER] [ROUNDS]
 *
 * `records` decodes each record with its fields and its raw XML; `records and raw` also writes every raw out as UTF-8, as
 * an ingest does, which makes the engine put the text's pieces together. The budget is 80 MB/s of file for the latter. Much
 * of a log file can be empty space, so the bytes in use are given too.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeEvtxBytes } from '../src/formats/evtx/evtx.ts';
import { corpusPath } from '../test/shared-data.ts';

const BUDGET = 80e6;
const [folder = corpusPath(), roundsText = '7'] = process.argv.slice(2);

function filesBelow(path: string): readonly Buffer[] {
  if (statSync(path).isFile()) return [readFileSync(path)];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.evtx$/i.test(name)).map((name) => readFileSync(join(path, name)));
}

/** Bytes of the chunks up to their free space. */
function bytesInUse(file: Buffer): number {
  let used = 0;
  for (let at = 4096; at + 512 <= file.length; at += 65_536)
    if (file.toString('latin1', at, at + 7) === 'ElfChnk')
      used += Math.min(65_536, file.readUInt32LE(at + 48));
  return used;
}

const scratch = Buffer.alloc(1 << 24);

/** Decodes all files; gives the number of events. */
function decodeAll(files: readonly Buffer[], touchRaw: boolean): number {
  let events = 0;
  for (const file of files)
    for (const batch of decodeEvtxBytes(file))
      for (const item of batch) {
        if (item.kind === 'fault') continue;
        events++;
        if (touchRaw) scratch.write(item.raw);
      }
  return events;
}

function measure(name: string, files: readonly Buffer[], rounds: number, touchRaw: boolean): number {
  const bytes = files.reduce((sum, file) => sum + file.length, 0);
  const used = files.reduce((sum, file) => sum + bytesInUse(file), 0);
  const seconds: number[] = [];
  let events = 0;
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    events = decodeAll(files, touchRaw);
    const { user, system } = process.cpuUsage(start);
    seconds.push((user + system) / 1e6);
  }
  const [cold = Number.NaN] = seconds;
  const best = Math.min(...seconds);
  const rate = (amount: number, unit: string) => `${Math.round(amount / best)} ${unit}`;
  console.log(
    `${name.padEnd(16)} ${rate(bytes / 1e6, 'MB/s')} (first round ${Math.round(bytes / 1e6 / cold)}), ` +
      `${rate(used / 1e6, 'MB/s in use')}, ${rate(events, 'events/s')}`,
  );
  return bytes / best;
}

if (folder === undefined) {
  console.error('No logs: the corpus is absent. Name a folder of .evtx files.');
  process.exitCode = 1;
} else {
  const files = filesBelow(folder);
  const rounds = Math.max(1, Number(roundsText));
  console.log(
    `${files.length} files, ${Math.round(files.reduce((sum, file) => sum + file.length, 0) / 1e6)} MB`,
  );
  measure('records', files, rounds, false);
  const reached = measure('records and raw', files, rounds, true);
  console.log(reached >= BUDGET ? 'within the budget of 80 MB/s' : 'OVER the budget: less than 80 MB/s');
  if (reached < BUDGET) process.exitCode = 1;
}
