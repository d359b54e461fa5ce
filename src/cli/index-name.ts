import { InvalidArgumentError } from 'commander';

/** Reads the name of an index: letters, digits, `_` and `-`, not beginning with either sign, as Splunk has them. */
export function indexName(text: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,79}$/i.test(text)) return text;
  throw new InvalidArgumentError('Expected letters, digits, _ and -, beginning with a letter or digit.');
}
