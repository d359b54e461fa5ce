import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { fieldText } from '../store/field-place.ts';
import { integer, Parameters, sql } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { englishLine, piece } from './evidence-phrase.ts';
import type { FileEntry } from './file-entry.ts';
import { webAddresses } from './web-addresses.ts';

/** How long before and after a file got its mark a request for it is looked for. */
const BEFORE: Ticks = 600n * TICKS_PER_SECOND;
/** How long before a web address is named it may have been asked for, since clocks differ. */
const BEFORE_NAMED: Ticks = 10n * TICKS_PER_SECOND;
const AFTER: Ticks = 120n * TICKS_PER_SECOND;
const mostDownloads = 20;
const mostLines = 10;

const columns = [
  { name: 'id', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'arrival', type: 'time' },
  { name: 'product', type: 'text' },
  { name: 'raw', type: 'text' },
  { name: 'whole', type: 'number' },
] as const;

/**
 * Lines of proxies and of other watchers of the network that tell of the downloads among the entries, and of what is asked
 * for where a file is named beside a web address: with the very address or, as in an encrypted tunnel, with its site; and
 * from an address that the host itself had, where its connections tell one. They stand under the host of the download.
 */
export async function findProxyLines(
  store: Store,
  entries: readonly FileEntry[],
  asOf: Ticks | undefined,
): Promise<readonly FileEntry[]> {
  const found = new Map<string, FileEntry>();
  const downloads = entries.filter((entry) => addressesOf(entry).length > 0);
  for (const download of downloads.slice(0, mostDownloads)) {
    for (const url of addressesOf(download)) {
      const site = siteOf(url);
      if (site === undefined) continue;
      for (const line of await linesOf(store, download, url, site, asOf))
        if (!found.has(line.id)) found.set(line.id, line);
    }
  }
  return [...found.values()];
}

function addressesOf({ role, zone, summary }: FileEntry): readonly string[] {
  if (role === 'named') return webAddresses(summary);
  return [...new Set([zone?.hostUrl, zone?.referrerUrl].flatMap((url) => url ?? []))];
}

/** A pattern for the site of a web address in a line; undefined where the text is no web address. */
function siteOf(url: string): string | undefined {
  try {
    const { protocol, hostname, port } = new URL(url);
    if (protocol !== 'http:' && protocol !== 'https:') return undefined;
    const name = escapeRegex(hostname);
    if (!/^[\d.]+$|^\[/.test(hostname)) return standsAlone([name]);
    // A bare address is in every connection to it: the port, or the slash of a web address, must stand behind it.
    const number = port === '' ? (protocol === 'http:' ? '80' : '443') : port;
    return `(^|[^a-z0-9.-])${name}(/|[^a-z0-9.-]{1,3}${number}($|[^0-9]))`;
  } catch {
    return undefined;
  }
}

async function linesOf(
  store: Store,
  download: FileEntry,
  url: string,
  site: string,
  asOf: Ticks | undefined,
): Promise<readonly FileEntry[]> {
  const own = await ownAddresses(store, download, asOf);
  const parameters = new Parameters();
  const address = parameters.bind(url.toLowerCase(), 'String');
  const arrived = asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, asOf)}`;
  // The site stands alone: `example.org` is not in `my-example.org.test`. Nor is an address a part of another.
  const ofSite = parameters.bind(site, 'String');
  const fromHost =
    own.length === 0
      ? sql`1`
      : sql`match(_raw, ${parameters.bind(standsAlone(own.map(escapeRegex)), 'String')})`;
  const named = download.role === 'named';
  // Who sees a request in the clear sees its whole address; other requests to the site are not for this file.
  const isWhole = named && /^http:/i.test(url) ? sql`whole` : sql`1`;
  const from = download.time - (named ? BEFORE_NAMED : BEFORE);
  const query = sql`SELECT lower(hex(_id)), _time, _indextime, _product, _raw, toUInt8(position(lowerUTF8(_raw), ${address}) > 0) AS whole
FROM events
WHERE _time >= ${bindTime(parameters, from)} AND _time <= ${bindTime(parameters, download.time + AFTER)} AND ${arrived}
AND _product NOT IN ('sysmon', 'windows-security', 'windows') AND match(lowerUTF8(_raw), ${ofSite}) AND ${fromHost} AND ${isWhole}
ORDER BY whole DESC, abs(dateDiff('millisecond', _time, ${bindTime(parameters, download.time)})), _id LIMIT ${integer(mostLines)}`;
  const lines: FileEntry[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns)) {
    for (const [id, time, arrival, product, raw, whole] of block) {
      const part = whole === 1 ? 'address' : 'site';
      const said = [
        piece(
          named
            ? `the ${part} named beside it in a record of the network: %s`
            : `its ${part} in a record of the network: %s`,
          String(raw).slice(0, 400),
        ),
      ];
      lines.push({
        id: String(id),
        time: time as Ticks,
        arrival: arrival as Ticks,
        host: download.host,
        product: String(product),
        eventCode: undefined,
        role: 'requested',
        path: undefined,
        actor: { pid: undefined, guid: undefined, image: undefined, user: undefined },
        summary: englishLine(said),
        said,
      });
    }
  }
  return lines;
}

const DAY: Ticks = 86_400n * TICKS_PER_SECOND;

/** Addresses that the host's own connections went out from, a day around the download. */
async function ownAddresses(
  store: Store,
  { host, time }: FileEntry,
  asOf: Ticks | undefined,
): Promise<readonly string[]> {
  const parameters = new Parameters();
  const arrived = asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, asOf)}`;
  const query = sql`SELECT DISTINCT assumeNotNull(src_ip) FROM events
WHERE host = ${parameters.bind(host, 'String')} AND _event_class = 'network' AND isNotNull(src_ip) AND ${arrived}
AND _time >= ${bindTime(parameters, time - DAY)} AND _time <= ${bindTime(parameters, time + DAY)}
AND ${fieldText('direction')} = 'outbound' LIMIT 50`;
  const addresses: string[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'address', type: 'text' },
  ]))
    for (const [address] of block) if (typeof address === 'string') addresses.push(address);
  return addresses;
}

/** An RE2 pattern for texts, themselves patterns, that no letter, digit, `.` or `-` goes on. */
function standsAlone(patterns: readonly string[]): string {
  return `(^|[^a-z0-9.-])(${patterns.join('|')})($|[^a-z0-9.-])`;
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
