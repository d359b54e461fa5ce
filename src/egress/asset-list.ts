import { parseIsoTicks, type Ticks } from '../core/ticks.ts';
import { type AddressSighting, hostAddress } from './address-sighting.ts';
import { nameIn } from './read-addresses.ts';

/** For what holds always, or has not ended. */
export const BEGINNING: Ticks = 0n;
const END: Ticks = parseIsoTicks('9999-12-31T23:59:59Z') ?? 0n;

interface AssetList {
  readonly sightings: readonly AddressSighting[];
  /** Numbers of the lines that are neither. */
  readonly unread: readonly number[];
}

/** Where a line has what; without times it holds always. */
interface Places {
  readonly address: number;
  readonly host: number;
  readonly from?: number;
  readonly to?: number;
}

/**
 * Reads a list of assets: a line each, `address,host`, other columns after them; a head line, blank lines and lines with `#` are
 * passed over. The head may name the columns `address` and `host` in any order; where it names `from` or `to`, a line says from when to when, in
 * ISO 8601 (UTC where no zone is given): such lists are made of the logs of VPN gateways. An empty `from` or `to` is open.
 */
export function readAssetList(text: string, hosts: readonly string[]): AssetList {
  const host = nameIn(hosts);
  const sightings: AddressSighting[] = [];
  const unread: number[] = [];
  let places: Places = { address: 0, host: 1 };
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const cells = line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, ''));
    const head = sightings.length === 0 ? headOf(cells) : undefined;
    if (head !== undefined) {
      places = head;
      continue;
    }
    const found = sightingsOf(cells, places);
    if (found !== undefined)
      sightings.push(...found.map((each) => ({ ...each, host: host(each.host.toLowerCase()) })));
    else if (at > 0) unread.push(at + 1);
  }
  return { sightings, unread };
}

function headOf(cells: readonly string[]): Places | undefined {
  const place = (name: string) => cells.findIndex((cell) => cell.toLowerCase() === name);
  const address = place('address');
  const host = place('host');
  if (address < 0 || host < 0) return undefined;
  const from = place('from');
  const to = place('to');
  return { address, host, ...(from >= 0 && { from }), ...(to >= 0 && { to }) };
}

function sightingsOf(cells: readonly string[], places: Places): AddressSighting[] | undefined {
  const address = hostAddress(cells[places.address] ?? '');
  const host = cells[places.host] ?? '';
  if (address === undefined || host === '') return undefined;
  const { from, to } = places;
  if (from === undefined && to === undefined) return [{ kind: 'asset', address, host, time: BEGINNING }];
  const said = (at: number | undefined) => (at === undefined ? undefined : cells[at]);
  return assignment(address, host, said(from), said(to));
}

/** A host has an address from when to when; undefined where that is no time, or none. Empty: open. */
export function assignment(
  address: string,
  host: string,
  since: string | undefined,
  until: string | undefined,
): AddressSighting[] | undefined {
  const from = momentOf(since, BEGINNING);
  const to = momentOf(until, END);
  if (from === undefined || to === undefined || to < from) return undefined;
  return [
    { kind: 'assignment', address, host, time: from, until: to },
    { kind: 'release', address, host, time: to },
  ];
}

function momentOf(text: string | undefined, open: Ticks): Ticks | undefined {
  return text === undefined || text === '' ? open : parseIsoTicks(text);
}
