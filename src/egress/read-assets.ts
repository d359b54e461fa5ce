import type { Ticks } from '../core/ticks.ts';
import { fieldText } from '../store/field-place.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { type AddressSighting, hostAddress } from './address-sighting.ts';
import { assignment, BEGINNING } from './asset-list.ts';
import { arrivedBy } from './read-connections.ts';

/** The product of lists of assets. */
export const assetProduct = 'asset-list';

/** Lists of who has which address that were ingested: the same as `readAssetList` gives of a file. */
export async function readAssets(
  store: Store,
  hostOf: (name: string) => string,
  asOf?: Ticks | undefined,
): Promise<readonly AddressSighting[]> {
  if (!(await store.catalogue()).has('asset_kind')) return [];
  const parameters = new Parameters();
  const query = sql`SELECT DISTINCT assumeNotNull(dest_ip), assumeNotNull(${fieldText('dest_host')}), ${fieldText('asset_kind')}, ${fieldText('lease_from')}, ${fieldText('lease_to')}
FROM events WHERE _product = ${parameters.bind(assetProduct, 'String')} AND isNotNull(dest_ip) AND isNotNull(${fieldText('dest_host')}) AND ${arrivedBy(parameters, asOf)}`;
  const found: AddressSighting[] = [];
  for await (const block of store.rows(
    { sql: query, parameters: parameters.values },
    ['address', 'host', 'kind', 'from', 'to'].map((name) => ({ name, type: 'text' })),
  ))
    for (const [text, name, kind, from, to] of block) {
      const address = hostAddress(String(text));
      if (address === undefined) continue;
      const host = hostOf(String(name));
      if (kind === 'asset') found.push({ kind, address, host, time: BEGINNING });
      else found.push(...(assignment(address, host, textOf(from), textOf(to)) ?? []));
    }
  return found;
}

function textOf(cell: unknown): string | undefined {
  return typeof cell === 'string' ? cell : undefined;
}
