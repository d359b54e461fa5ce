import { isSetIn, oneOfIn, type RawLink, textIn, wholeNumberIn, withoutGaps } from '../frame/link-values.ts';

export const resultViews = ['table', 'events', 'chart'] as const;

export type ResultView = (typeof resultViews)[number];

/** The state of the search page that a link holds. */
export interface SearchLink {
  /** The search's text. */
  readonly q?: string;
  /** Bounds of time, as typed: an SPL time modifier or ISO 8601. */
  readonly earliest?: string;
  readonly latest?: string;
  /** The zone that days and `@d` are meant in; absent, the reader's own. */
  readonly zone?: string;
  /** A saved hunt, and which of its steps is open, from 0. */
  readonly hunt?: string;
  readonly step?: number;
  readonly view?: ResultView;
  /** Order of the table: a column's name, with `-` in front for descending. */
  readonly sort?: string;
  /** Whether the search runs when the link is opened; a link to a half-written search has it not. */
  readonly run?: true;
}

/** A change of a link: what is undefined is taken out of it. */
export type LinkChange = { readonly [Name in keyof SearchLink]?: SearchLink[Name] | undefined };

export function changedLink(link: SearchLink, change: LinkChange): SearchLink {
  return Object.fromEntries(
    Object.entries({ ...link, ...change }).filter(([, value]) => value !== undefined),
  );
}

export function readSearchLink(raw: RawLink): SearchLink {
  return withoutGaps({
    q: textIn(raw, 'q'),
    earliest: textIn(raw, 'earliest'),
    latest: textIn(raw, 'latest'),
    zone: textIn(raw, 'zone'),
    hunt: textIn(raw, 'hunt'),
    step: wholeNumberIn(raw, 'step'),
    view: oneOfIn(raw, 'view', resultViews),
    sort: textIn(raw, 'sort'),
    run: isSetIn(raw, 'run'),
  });
}
