import type { DiagnosticPhrase } from './diagnostic-phrase.ts';
import type { SqlType } from './typed-sql.ts';

/** What a type is called in messages. */
export const typeNames: Record<SqlType, DiagnosticPhrase> = {
  text: 'field',
  string: 'text',
  number: 'number',
  time: 'number',
  multivalue: 'multivalue field',
  boolean: 'condition',
};
