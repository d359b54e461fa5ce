import { isSetIn, type RawLink, textIn, withoutGaps } from '../frame/link-values.ts';

/** The state of the page of exports as it stands in the address. */
export interface ExportLink {
  /** Names with commas between. */
  readonly hosts?: string;
  readonly earliest?: string;
  readonly latest?: string;
  readonly exact?: true;
  /** An export that was started. */
  readonly id?: string;
}

export function readExportLink(raw: RawLink): ExportLink {
  return withoutGaps({
    hosts: textIn(raw, 'hosts'),
    earliest: textIn(raw, 'earliest'),
    latest: textIn(raw, 'latest'),
    exact: isSetIn(raw, 'exact'),
    id: textIn(raw, 'id'),
  });
}

export function hostsOf({ hosts }: ExportLink): readonly string[] {
  return [...new Set((hosts ?? '').split(',').filter((host) => host !== ''))];
}
