import { identifier, Parameters, type Sql, sql } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { cellNumber, cellText, cellTexts } from './cell.ts';
import type { FaultGroup } from './ledger.ts';
import type { LedgerScope } from './ledger-scope.ts';

/** Faults of one source, with the hosts of which the same source gave events. */
export interface FaultRow {
  readonly fault: FaultGroup;
  readonly hosts: readonly string[];
}

const columns: readonly Column[] = [
  { name: 'origin', type: 'text' },
  { name: 'code', type: 'text' },
  { name: 'faults', type: 'number' },
  { name: 'message', type: 'text' },
  { name: 'hosts', type: 'multivalue' },
];

/** The quarantine by source and code. */
export async function readFaults(store: Store, scope: LedgerScope): Promise<readonly FaultRow[]> {
  const parameters = new Parameters();
  const inIndexes = (): Sql =>
    scope.indexes === undefined || scope.indexes.length === 0
      ? sql`1`
      : sql`${identifier('index')} IN ${parameters.bind([...scope.indexes], 'Array(String)')}`;
  const query = sql`SELECT origin, toString(code), faults, message, hosts FROM (
  SELECT origin, code, count() AS faults, any(message) AS message FROM faults FINAL WHERE ${inIndexes()} GROUP BY origin, code
) AS found LEFT JOIN (
  SELECT toString(_origin) AS origin, groupUniqArray(toString(host)) AS hosts FROM events
  WHERE ${inIndexes()} AND _origin IN (SELECT origin FROM faults) GROUP BY origin
) AS given USING origin ORDER BY faults DESC, origin, code`;
  const rows: FaultRow[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns)) {
    for (const [origin, code, faults, message, hosts] of block) {
      rows.push({
        fault: {
          origin: cellText(origin),
          code: cellText(code),
          faults: cellNumber(faults),
          message: cellText(message),
        },
        hosts: cellTexts(hosts),
      });
    }
  }
  return rows;
}
