import type { QueryLimits, Store } from './store.ts';

/** The same store, whose queries have the limits that `limitsOf` makes of their own; it is asked at each query. */
export function limitedStore(store: Store, limitsOf: (own: QueryLimits) => QueryLimits): Store {
  return {
    location: store.location,
    write: (batch) => store.write(batch),
    writeEncoded: (parts) => store.writeEncoded(parts),
    quarantine: (faults) => store.quarantine(faults),
    catalogue: () => store.catalogue(),
    rows: (query, columns, own = {}) => store.rows(query, columns, limitsOf(own)),
    blocks: (query, own = {}) => store.blocks(query, limitsOf(own)),
    columnBlocks: (query, own = {}) => store.columnBlocks(query, limitsOf(own)),
    writeParquet: (query, beside, target, own = {}) =>
      store.writeParquet(query, beside, target, limitsOf(own)),
    temporaryTable: (columns) => store.temporaryTable(columns),
    scope: (indexes, earliest, latest) => store.scope(indexes, earliest, latest),
    close: () => store.close(),
  };
}
