import type { QueryProgress, Store } from '../../store/store.ts';

/** A store that tells how far each of its queries is: a search is several queries, one after another. */
export function observedStore(store: Store, onProgress: (progress: QueryProgress) => void): Store {
  return {
    location: store.location,
    write: (batch) => store.write(batch),
    writeEncoded: (parts) => store.writeEncoded(parts),
    quarantine: (faults) => store.quarantine(faults),
    catalogue: () => store.catalogue(),
    writeParquet: (lines, target, columns) => store.writeParquet(lines, target, columns),
    rows: (query, columns, limits = {}) => store.rows(query, columns, { ...limits, onProgress }),
    temporaryTable: (columns) => store.temporaryTable(columns),
    scope: (indexes, earliest, latest) => store.scope(indexes, earliest, latest),
    close: () => store.close(),
  };
}
