// Before the tests that run the command line: builds it where it is out of date. KEIZU_PROGRAM names another build.
import { build } from '../scripts/set-up.mjs';

export function setup() {
  if (process.env.KEIZU_PROGRAM === undefined) build();
}
