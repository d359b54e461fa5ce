import type { VerdictCode } from '../../../src/server/contracts/egress.ts';
import { isSetIn, oneOfIn, type RawLink, textIn, withoutGaps } from '../frame/link-values.ts';

/** What proves most first. */
export const verdictCodes = [
  'C',
  'B',
  'S',
  'O',
  'U',
  'F',
  'A',
  'P',
  'T',
  'N',
] as const satisfies readonly VerdictCode[];

/** The state of the page of destinations as it stands in the address. */
export interface EgressLink {
  readonly host?: string;
  readonly asof?: string;
  /** A process by its id. */
  readonly id?: string;
  /** Text in a destination's name, address or URL. */
  readonly dest?: string;
  readonly verdict?: VerdictCode;
  readonly unexplained?: true;
  /** The destination whose records are open. */
  readonly open?: string;
  /** The event that is shown as recorded. */
  readonly raw?: string;
}

/** A change of the state; undefined takes a member away. */
export type EgressChange = { readonly [Name in keyof EgressLink]?: EgressLink[Name] | undefined };

export function readEgressLink(raw: RawLink): EgressLink {
  return withoutGaps({
    host: textIn(raw, 'host'),
    asof: textIn(raw, 'asof'),
    id: textIn(raw, 'id'),
    dest: textIn(raw, 'dest'),
    verdict: oneOfIn(raw, 'verdict', verdictCodes),
    unexplained: isSetIn(raw, 'unexplained'),
    open: textIn(raw, 'open'),
    raw: textIn(raw, 'raw'),
  });
}
