import { setImmediate } from 'node:timers/promises';

/** Long work on the only thread in steps, between which others may have a turn. */
export type Steps<Result> = Generator<undefined, Result>;

/** Goes through all steps at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Goes through them with a turn for everybody else behind each. */
export async function finishInTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await setImmediate();
  }
}
