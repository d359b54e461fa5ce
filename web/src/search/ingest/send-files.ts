import type { Failure } from '../../../../src/server/contracts/error.ts';
import type { IngestProgress, IngestReport } from '../../../../src/server/contracts/ingest.ts';
import { ApiFailure, apiPath, csrfToken } from '../../api/client.ts';

/** Where an upload or the demonstration case is. */
export type IngestState =
  | { readonly kind: 'sending'; readonly sent: number; readonly total: number }
  | { readonly kind: 'reading'; readonly progress: IngestProgress }
  | { readonly kind: 'done'; readonly report: IngestReport }
  | { readonly kind: 'failed'; readonly failure: ApiFailure };

/**
 * Sends a request that answers with a stream, and tells how far it is: first of what is sent, then what the server says.
 * `XMLHttpRequest`, since `fetch` tells nothing while it sends. Gives the function that stops it.
 */
function ingest(path: string, body: FormData | undefined, tell: (state: IngestState) => void): () => void {
  const request = new XMLHttpRequest();
  let read = 0;
  let ended = false;
  const end = (state: IngestState): void => {
    if (ended) return;
    ended = true;
    tell(state);
  };
  const take = (): void => {
    const text = request.responseText;
    for (let next = text.indexOf('\n\n', read); next >= 0; next = text.indexOf('\n\n', read)) {
      const block = text.slice(read, next);
      read = next + 2;
      const event = /^event: ?(.*)$/m.exec(block)?.[1];
      const data = /^data: ?(.*)$/m.exec(block)?.[1];
      if (data === undefined) continue;
      if (event === 'progress' && !ended)
        tell({ kind: 'reading', progress: JSON.parse(data) as IngestProgress });
      if (event === 'done') end({ kind: 'done', report: JSON.parse(data) as IngestReport });
      if (event === 'failed')
        end({ kind: 'failed', failure: new ApiFailure(500, (JSON.parse(data) as Failure).error) });
    }
  };
  request.open('POST', path);
  request.setRequestHeader('accept', 'text/event-stream');
  request.setRequestHeader('x-keizu-csrf', csrfToken());
  request.upload.addEventListener('progress', (event) => {
    if (body) tell({ kind: 'sending', sent: event.loaded, total: event.total });
  });
  request.addEventListener('progress', () => request.status < 400 && take());
  request.addEventListener('load', () => {
    if (request.status >= 400) {
      let error = { code: `http-${request.status}`, message: request.statusText || `HTTP ${request.status}` };
      try {
        error = (JSON.parse(request.responseText) as Failure).error;
      } catch {
        // What is between the page and the server may answer in its own words.
      }
      end({ kind: 'failed', failure: new ApiFailure(request.status, error) });
      return;
    }
    take();
    end({
      kind: 'failed',
      failure: new ApiFailure(0, { code: 'cut-off', message: 'The answer was cut off.' }),
    });
  });
  request.addEventListener('error', () =>
    end({
      kind: 'failed',
      failure: new ApiFailure(0, { code: 'unreachable', message: 'The server gives no answer.' }),
    }),
  );
  request.send(body ?? null);
  return () => {
    ended = true;
    request.abort();
  };
}

export function sendFiles(
  files: readonly File[],
  index: string,
  tell: (state: IngestState) => void,
): () => void {
  const form = new FormData();
  if (index !== '') form.append('index', index);
  for (const file of files) form.append('files', file, file.webkitRelativePath || file.name);
  return ingest(apiPath('/ingest', { index }), form, tell);
}

export function loadDemonstration(tell: (state: IngestState) => void): () => void {
  return ingest(apiPath('/demo'), undefined, tell);
}
