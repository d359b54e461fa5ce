// What `npm start` and `npm test` need before anything else: the packages and the build. Plain JavaScript without
// dependencies, since on a fresh clone nothing is installed yet. A second run finds everything in place and needs no network.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');

/** Runs a command with its output shown; ends this process with the command's status where it fails. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (done.error) throw done.error;
  if (done.status !== 0) process.exit(done.status ?? 1);
}

/** Runs a package's command from node_modules. */
export function runTool(name, args, options) {
  run(join(root, 'node_modules', '.bin', name), args, options);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(`Keizu needs Node 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

function install() {
  const stamp = join(root, 'node_modules', '.keizu-installed');
  const wanted = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json']) wanted.update(readFileSync(join(root, file)));
  const digest = wanted.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  // Not `npm ci`: the engine's packages for other platforms are not all in the lock file, and `npm ci` refuses that.
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 2, 2] });
  const after = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json']) after.update(readFileSync(join(root, file)));
  writeFileSync(stamp, after.digest('hex'));
}

function newest(path) {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(facts.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isOlder(built, sources) {
  return (
    !existsSync(built) ||
    statSync(built).mtimeMs <= Math.max(...sources.map((name) => newest(join(root, name))))
  );
}

/** Builds the command line and the page, each where it is out of date. */
export function build() {
  const quiet = { stdio: ['ignore', 2, 2] };
  if (isOlder(join(root, 'dist', 'main.mjs'), ['src', 'package.json', 'tsdown.config.ts']))
    runTool('tsdown', [], quiet);
  if (isOlder(join(root, 'dist', 'web', 'index.html'), ['web', 'package.json']))
    runTool('vite', ['build', '-c', 'web/vite.config.ts', '--logLevel', 'warn'], quiet);
}

/** Installs and builds, each only where it is out of date. */
export function setUp() {
  checkNode();
  install();
  build();
}
