import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where the store is: the option, else `KEIZU_STORE`, else `$XDG_DATA_HOME/keizu` (by default `~/.local/share/keizu`).
 * A URL is kept as it is.
 */
export function storeLocation(
  option: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const named = option ?? environment.KEIZU_STORE;
  if (named !== undefined && named !== '') return named.includes('://') ? named : resolve(named);
  const data = environment.XDG_DATA_HOME ?? '';
  return join(data === '' ? join(homedir(), '.local', 'share') : data, 'keizu');
}
