import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the built page is: beside the built program, or in `dist` beside the sources; undefined where it is not built. */
export function pageFolder(): string | undefined {
  const here = fileURLToPath(new URL('.', import.meta.url));
  return [join(here, 'web'), join(here, '..', '..', 'dist', 'web')].find((folder) =>
    existsSync(join(folder, 'index.html')),
  );
}
