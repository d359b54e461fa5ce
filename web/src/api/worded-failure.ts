import type { Failure } from '../../../src/server/contracts/error.ts';
import { inJapanese } from '../i18n/in-japanese.ts';

interface FailureText {
  readonly message: string;
  readonly hint: string | undefined;
}

/** A failure in the page's language; a code that is not known in it, in the server's English. */
export function wordedFailure({ code, message, hint, values = {} }: Failure['error']): FailureText {
  const wording = inJapanese()?.failure(code, values);
  return wording ? { message: wording[0], hint: wording[1] } : { message, hint };
}
