import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const shared = resolve(import.meta.dirname, '../../shared');
const corpus = process.env.KEIZU_CORPUS ?? join(shared, 'corpus');

/** Path of a file or folder of the reference material beside the checkout, or undefined where it is absent. */
export function sharedPath(...parts: readonly string[]): string | undefined {
  const path = join(shared, ...parts);
  return existsSync(path) ? path : undefined;
}

/** Path of a file or folder of the corpus (`KEIZU_CORPUS`, else beside the checkout), or undefined where it is absent. */
export function corpusPath(...parts: readonly string[]): string | undefined {
  const path = join(corpus, ...parts);
  return existsSync(path) ? path : undefined;
}
