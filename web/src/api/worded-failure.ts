import i18next from 'i18next';
import type { Failure } from '../../../src/server/contracts/error.ts';
import { japaneseFailure } from './japanese-failures.ts';

interface FailureText {
  readonly message: string;
  readonly hint: string | undefined;
}

/** A failure in the page's language; a code that is not known in it, in the server's English. */
export function wordedFailure({ code, message, hint, values = {} }: Failure['error']): FailureText {
  const wording = i18next.language === 'ja' ? japaneseFailure(code, values) : undefined;
  return wording ? { message: wording[0], hint: wording[1] } : { message, hint };
}
