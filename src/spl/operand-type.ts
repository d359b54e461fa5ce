import type { SqlType } from './typed-sql.ts';

/** What a type is called in messages. */
export const typeNames: Record<SqlType, string> = {
  text: 'field',
  string: 'text',
  number: 'number',
  time: 'number',
  multivalue: 'multivalue field',
  boolean: 'condition',
};
