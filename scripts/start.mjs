// `npm start`: installs, builds, loads the demonstration case into a store of its own and serves the page with it.
// Arguments go to `keizu serve` (`npm start -- --port 8000`).
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, run, setUp } from './set-up.mjs';

setUp();

const logs = join(root, '.keizu', 'demo');
const store = join(root, '.keizu', 'demo-store');

function keizu(...args) {
  run(process.execPath, [join(root, 'bin', 'keizu'), ...args]);
}

function say(text) {
  process.stdout.write(`\n\u2500\u2500 ${text}\n`);
}

if (!existsSync(join(logs, 'truth.json'))) {
  say('the demonstration case: raw logs of a made-up company');
  keizu('demo', '--out', logs);
}
say('ingest (what is in the store is left out)');
// Late logs arrived when their files say, all other events when they happened: so the past can be looked at.
const late = readdirSync(logs, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('-late.log'),
);
keizu('ingest', ...late.map((name) => join(logs, name)), '--arrival', 'file-time', '--store', store);
keizu('ingest', logs, '--arrival', '_time', '--store', store);

const shown = relative(process.cwd(), store) || '.';
process.stdout.write(`
Search in a terminal:  bin/keizu search 'index=main EventCode=1 | top process_name' --store ${shown}
Your own logs:         bin/keizu ingest PATH…   then   bin/keizu serve
`);
say('the page');
const server = spawn(
  process.execPath,
  [join(root, 'bin', 'keizu'), 'serve', '--store', store, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
// A terminal sends its interrupt to both; what is sent to this process alone is handed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => server.kill('SIGTERM'));
server.on('exit', (status) => process.exit(status ?? 1));
