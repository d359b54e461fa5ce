import { InvalidArgumentError } from 'commander';
import { isZone } from '../products/local-zone.ts';

/** Reads the name of a zone. */
export function zoneOption(text: string): string {
  if (!isZone(text))
    throw new InvalidArgumentError('Expected UTC, an offset (+09:00) or an IANA name (Asia/Tokyo).');
  return text;
}
