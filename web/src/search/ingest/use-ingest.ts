import { useCallback, useState } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { type IngestState, loadDemonstration, sendFiles } from './send-files.ts';

export interface Ingesting {
  readonly state: IngestState | undefined;
  readonly busy: boolean;
  readonly send: (files: readonly File[], index: string) => void;
  readonly demonstrate: () => void;
  readonly clear: () => void;
}

/** An upload of this page: one at a time. What has arrived makes every answer so far old. */
export function useIngest(): Ingesting {
  const [state, setState] = useState<IngestState>();
  const tell = useCallback((next: IngestState) => {
    setState(next);
    if (next.kind !== 'done') return;
    for (const key of ['summary', 'hosts', 'coverage', 'tree'])
      void queryClient.invalidateQueries({ queryKey: [key] });
  }, []);
  return {
    state,
    busy: state?.kind === 'sending' || state?.kind === 'reading',
    send: (files, index) => {
      setState({ kind: 'sending', sent: 0, total: files.reduce((sum, file) => sum + file.size, 0) });
      sendFiles(files, index, tell);
    },
    demonstrate: () => {
      setState({ kind: 'sending', sent: 0, total: 0 });
      loadDemonstration(tell);
    },
    clear: () => setState(undefined),
  };
}
