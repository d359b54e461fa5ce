import { isSetIn, oneOfIn, type RawLink, textIn, withoutGaps } from '../frame/link-values.ts';

export const coverageViews = ['host', 'class'] as const;

/** The state of the coverage page as it stands in the address. */
export interface CoverageLink {
  readonly earliest?: string;
  readonly latest?: string;
  readonly asof?: string;
  /** Text in the name of a host or channel. */
  readonly find?: string;
  readonly view?: (typeof coverageViews)[number];
  /** Only hosts of which "no" cannot be said. */
  readonly gaps?: true;
  /** Hosts that are open, with commas between. */
  readonly open?: string;
  /** The stretch whose reasons are shown: `host|class|number`. */
  readonly stretch?: string;
}

/** A change of the state; undefined takes a member away. */
export type CoverageChange = { readonly [Name in keyof CoverageLink]?: CoverageLink[Name] | undefined };

export function readCoverageLink(raw: RawLink): CoverageLink {
  return withoutGaps({
    earliest: textIn(raw, 'earliest'),
    latest: textIn(raw, 'latest'),
    asof: textIn(raw, 'asof'),
    find: textIn(raw, 'find'),
    view: oneOfIn(raw, 'view', coverageViews),
    gaps: isSetIn(raw, 'gaps'),
    open: textIn(raw, 'open'),
    stretch: textIn(raw, 'stretch'),
  });
}
