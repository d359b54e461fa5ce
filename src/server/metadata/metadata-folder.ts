import { join } from 'node:path';

/** Where a store's directory has its metadata. */
export function metadataFolder(directory: string): string {
  return join(directory, 'metadata');
}
