import { StoreError, type StoreErrorCode } from '../store.ts';

/** ClickHouse's numbers for what the store tells apart. */
const codes: Readonly<Record<number, StoreErrorCode>> = {
  159: 'query-timeout',
  160: 'query-timeout',
  173: 'query-memory',
  241: 'query-memory',
  243: 'store-full',
  394: 'query-cancelled',
};

const systemCodes: Readonly<Record<string, StoreErrorCode>> = {
  ENOSPC: 'store-full',
  EDQUOT: 'store-full',
  EFBIG: 'store-full',
  EACCES: 'store-unreadable',
  EPERM: 'store-unreadable',
  EROFS: 'store-unreadable',
  ENOENT: 'store-unreadable',
  ENOTDIR: 'store-unreadable',
  EEXIST: 'store-unreadable',
  EISDIR: 'store-unreadable',
  ELOOP: 'store-unreadable',
  ENAMETOOLONG: 'store-unreadable',
};

const hints: Readonly<Record<StoreErrorCode, string | undefined>> = {
  'store-locked': 'Stop the other process, or name another directory with --store.',
  'store-newer': 'Use the newer version of keizu.',
  'store-unreadable': 'Check that the directory exists, is a store and may be read and written.',
  'store-full': 'Make room on the disk and run the command again; what was acknowledged is kept.',
  'query-timeout': 'Narrow the search or its time range, or allow it more time.',
  'query-memory': 'Narrow the search or its time range, or allow it more memory.',
  'query-cancelled': undefined,
  'query-failed': undefined,
};

/** A StoreError with the usual hint for its code. */
export function storeError(code: StoreErrorCode, message: string, cause?: unknown): StoreError {
  return new StoreError(code, message, hints[code], cause);
}

/** What the engine or the file system threw, as a StoreError that names the place. Bugs of ours pass as they are. */
export function storeErrorOf(error: unknown, location: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const system = (error as NodeJS.ErrnoException).code;
  const systemCode = system === undefined ? undefined : systemCodes[system];
  if (systemCode !== undefined) return storeError(systemCode, `${location}: ${error.message}`, error);
  if (system === undefined || !system.startsWith('CHDB_')) return error;
  return storeError(engineCode(error.message), `${location}: ${briefly(error.message)}`, error);
}

function engineCode(message: string): StoreErrorCode {
  if (/No space left on device|Disk quota exceeded|errno: (?:28|122|27)\b/.test(message)) return 'store-full';
  const [, number] = /Code: (\d+)\. DB::/.exec(message) ?? [];
  return codes[Number(number)] ?? 'query-failed';
}

/** The engine's message without its frame. */
function briefly(message: string): string {
  return message
    .replace(/^(?:Query failed: )?Code: \d+\. DB::\w+: /, '')
    .replace(/\s*\(version [^)]*\)\s*$/, '')
    .trim();
}
