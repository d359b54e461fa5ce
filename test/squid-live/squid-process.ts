import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const places = [
  process.env.KEIZU_SQUID ?? '',
  '/usr/sbin/squid',
  '/usr/local/sbin/squid',
  '/usr/local/squid/sbin/squid',
];
const found = () => places.find((path) => path !== '' && existsSync(path));

/** Where Squid is; Debian's package is installed where root runs the tests. Undefined where it cannot be had. */
export function squidProgram(): string | undefined {
  const there = found();
  if (there !== undefined || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return there;
  // In this run level the package starts no service of its own.
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const patience = ['-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::Retries=1'];
  const install = [...patience, 'install', '-y', '--no-install-recommends', 'squid'];
  for (const args of [install, [...patience, 'update'], install]) {
    const { status } = spawnSync('apt-get', args, { env: environment, stdio: 'ignore', timeout: 60_000 });
    if (status === 0 && found() !== undefined) break;
  }
  return found();
}

/** The program that takes any password, of the same package. */
export function passwordHelper(squid: string): string | undefined {
  const said = execFileSync(squid, ['-v'], { encoding: 'utf8' });
  const folder = /--libexecdir=([^'\s]+)/.exec(said)?.[1] ?? join(dirname(squid), '../libexec');
  const path = join(folder, 'basic_fake_auth');
  return existsSync(path) ? path : undefined;
}

/** An address with a port of this machine. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Squid does not run as root: as the account of its package, else as nobody. */
function account(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const own = accounts.find(([name]) => name === 'proxy') ?? accounts.find(([name]) => name === 'nobody');
  return own === undefined ? undefined : { uid: Number(own[2]), gid: Number(own[3]) };
}

/** Waits for a condition; throws with what it waited for where that does not come. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await wait(20);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

/** A Squid that runs. Stopped, it has written every line. */
export interface RunningSquid extends Listening {
  readonly configuration: string;
}

/**
 * Starts a Squid in a folder with what a test adds to its configuration. `settings` gets the folder. Another program may take
 * the port in between: then another is tried.
 */
export async function startSquid(
  squid: string,
  folder: string,
  settings: readonly string[],
): Promise<RunningSquid> {
  const configuration = join(folder, 'squid.conf');
  const user = account();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const lines = [
      `http_port 127.0.0.1:${port}`,
      `pid_filename ${join(folder, 'squid.pid')}`,
      `cache_log ${join(folder, 'cache.log')}`,
      `coredump_dir ${folder}`,
      'visible_hostname squid.test',
      'cache deny all',
      'pinger_enable off',
      'netdb_filename none',
      'shutdown_lifetime 0 seconds',
      'buffered_logs off',
      ...settings,
    ];
    writeFileSync(configuration, `${lines.join('\n')}\n`);
    const child = spawn(squid, ['-N', '-f', configuration, '-n', `keizu${port}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...user,
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    const ended = new Promise<void>((done) => {
      child.once('error', () => done());
      child.once('exit', () => done());
    });
    const isOver = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    await until(async () => isOver() || (await accepts(port)), 'Squid to listen');
    if (isOver()) {
      process.removeListener('exit', kill);
      if (attempt < 3) continue;
      throw new Error(`Squid did not start:\n${said}${textOf(join(folder, 'cache.log'))}`);
    }
    return {
      port,
      configuration,
      close: async () => {
        await stopped(child, ended);
        process.removeListener('exit', kill);
      },
    };
  }
}

/** Asks it to end, and ends it where it does not. */
async function stopped(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(killer);
}

export function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
