import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread that runs a module. The built program is JavaScript; sources run by tsx, which a thread does not get from
 * the thread that starts it.
 */
export function startThread(module: URL, options: WorkerOptions): Worker {
  if (!module.pathname.endsWith('.ts')) return new Worker(module, { ...options, execArgv: [] });
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')).href.replace(
    /cjs$/,
    'mjs',
  );
  const start = `import('${tsx}').then(({ register }) => { register(); return import('${module.href}'); });`;
  return new Worker(start, { ...options, eval: true, execArgv: [] });
}

/** The module of a decoding thread, beside this one in the sources and in the built program. */
export const decodeWorker = new URL(
  import.meta.url.endsWith('.ts') ? './decode-worker.ts' : './decode-worker.mjs',
  import.meta.url,
);
