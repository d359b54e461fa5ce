import { type Sql, sql } from '../../store/sql.ts';
import { mapText } from '../coerce.ts';
import type { EvalFunction } from './eval-function.ts';

function hash(name: string, digest: (text: Sql) => Sql): EvalFunction {
  return {
    name,
    category: 'cryptography',
    minimum: 1,
    maximum: 1,
    signature: `${name}(text)`,
    summary: `The ${name.toUpperCase()} hash of the text in lower-case hexadecimal.`,
    compile: (call) => mapText(call.argument(0), call.variable, (text) => sql`lower(hex(${digest(text)}))`),
  };
}

export const md5 = hash('md5', (text) => sql`MD5(${text})`);
export const sha1 = hash('sha1', (text) => sql`SHA1(${text})`);
export const sha256 = hash('sha256', (text) => sql`SHA256(${text})`);
export const sha512 = hash('sha512', (text) => sql`SHA512(${text})`);
