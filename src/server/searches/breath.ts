import { setImmediate } from 'node:timers/promises';

/** Milliseconds for which one piece of work may keep all others waiting. */
const longest = 12;

/** Lets other requests through in the middle of long work: await what it gives between small pieces. */
export function breathing(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < longest) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}
