import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The engine locks this file of its directory, and writes its process id into it. */
const lockFile = 'status';

/** The process that holds the lock of an engine's directory, as far as the system says; undefined if none is known. */
export function lockHolder(engineDirectory: string): number | undefined {
  const path = join(engineDirectory, lockFile);
  try {
    const { ino } = statSync(path, { bigint: true });
    const held = readFileSync('/proc/locks', 'latin1')
      .split('\n')
      .map((line) => / (\d+) [0-9a-f]+:[0-9a-f]+:(\d+) /.exec(line))
      .find((found) => found?.[2] === String(ino));
    return held ? Number(held[1]) : undefined;
  } catch {
    return undefined;
  }
}

/** The process id that the last owner wrote; it may have ended. */
export function lastOwner(engineDirectory: string): number | undefined {
  try {
    const [, pid] = /^PID: (\d+)/m.exec(readFileSync(join(engineDirectory, lockFile), 'latin1')) ?? [];
    return pid === undefined ? undefined : Number(pid);
  } catch {
    return undefined;
  }
}
