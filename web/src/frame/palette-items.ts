import type { Hunt } from '../../../src/server/contracts/hunts.ts';
import type { HostSummary } from '../../../src/server/contracts/tree.ts';

/** What the palette can go to. */
export type PaletteItem =
  | {
      readonly kind: 'page';
      readonly to: '/search' | '/tree' | '/compare' | '/coverage' | '/egress' | '/cases' | '/export';
      readonly text: string;
    }
  | { readonly kind: 'host'; readonly host: string; readonly events: number }
  | { readonly kind: 'match'; readonly host: string; readonly match: string }
  | { readonly kind: 'pid'; readonly host: string; readonly pid: number }
  | { readonly kind: 'case'; readonly id: string; readonly name: string }
  | { readonly kind: 'hunt'; readonly id: string; readonly name: string }
  | { readonly kind: 'events'; readonly text: string };

export interface PaletteSources {
  readonly pages: readonly Extract<PaletteItem, { kind: 'page' }>[];
  readonly hosts: readonly HostSummary[];
  readonly cases: readonly { readonly id: string; readonly name: string }[];
  readonly hunts: readonly Hunt[];
}

const mostHosts = 8;
const mostOfKind = 5;

/**
 * What fits the text. `HOST text` looks for the text's processes on that host; a number is a process id; any text can be
 * looked for in events.
 */
export function paletteItems(typed: string, sources: PaletteSources): readonly PaletteItem[] {
  const text = typed.trim();
  const low = text.toLowerCase();
  const fits = (name: string): boolean => name.toLowerCase().includes(low);
  const pages = sources.pages.filter((page) => fits(page.text));
  const cases = sources.cases.filter((entry) => fits(entry.name)).slice(0, mostOfKind);
  const hunts = sources.hunts.filter((hunt) => fits(hunt.name)).slice(0, mostOfKind);
  const hosts = sources.hosts.filter((host) => fits(host.host)).slice(0, mostHosts);
  const items: PaletteItem[] = [
    ...hosts.map((host): PaletteItem => ({ kind: 'host', host: host.host, events: host.events })),
    ...cases.map((entry): PaletteItem => ({ kind: 'case', id: entry.id, name: entry.name })),
    ...hunts.map((hunt): PaletteItem => ({ kind: 'hunt', id: hunt.id, name: hunt.name })),
    ...pages,
    // What bears the name stands before what may hold it.
    ...(text === '' ? [] : processItems(text, sources.hosts)),
  ];
  if (text !== '') items.push({ kind: 'events', text });
  return items;
}

function processItems(text: string, hosts: readonly HostSummary[]): PaletteItem[] {
  const [first = '', ...rest] = text.split(/\s+/);
  const named =
    rest.length > 0 ? hosts.filter((host) => host.host.toLowerCase().includes(first.toLowerCase())) : [];
  const sought = named.length > 0 ? rest.join(' ') : text;
  const on = (named.length > 0 ? named : hosts.filter((host) => host.processStarts > 0)).slice(0, mostOfKind);
  if (named.length === 0 && hosts.some((host) => host.host.toLowerCase() === text.toLowerCase())) return [];
  return on.map((host) =>
    /^\d{1,10}$/.test(sought)
      ? { kind: 'pid', host: host.host, pid: Number(sought) }
      : { kind: 'match', host: host.host, match: sought },
  );
}

/** Quotes a text for a search. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
