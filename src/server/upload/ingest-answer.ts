import { streamSSE } from 'hono/streaming';
import { DecodeError } from '../../ingest/decode-error.ts';
import { type IngestOptions, type IngestSummary, ingest } from '../../ingest/ingest.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import type { IngestFault, IngestProgress, IngestReport } from '../contracts/ingest.ts';
import { failureOf, isBug } from '../failure-answer.ts';
import type { RequestContext } from '../server-environment.ts';

/** Faults that are told one by one. */
const shownFaults = 100;

/** Milliseconds between two lines of progress. */
const progressInterval = 200;

/** Files that are read in the same way. */
interface IngestStep {
  readonly paths: readonly string[];
  readonly options: Pick<IngestOptions, 'index' | 'nameOf' | 'arrival'>;
}

export interface IngestWork {
  /** One after another; their summaries are added up. */
  readonly steps: readonly IngestStep[];
  readonly totalBytes: number | null;
}

/** Reads files into the store; the faults are those that came first. */
async function report(
  { store, stopping }: ServerContext,
  { steps, totalBytes }: IngestWork,
  signal: AbortSignal,
  onProgress: (progress: IngestProgress) => void,
): Promise<IngestReport> {
  const faults: IngestFault[] = [];
  let told = 0;
  let before: IngestSummary = nothingRead;
  const all = AbortSignal.any([signal, stopping]);
  const readStep = ({ paths, options }: IngestStep) =>
    ingest(paths, store, {
      ...options,
      signal: all,
      onFault: ({ fault, origin }) => {
        if (faults.length >= shownFaults) return;
        faults.push({ origin, offset: fault.offset, code: fault.code, message: fault.message });
      },
      onProgress: ({ origin, ...summary }) => {
        if (performance.now() - told < progressInterval) return;
        told = performance.now();
        const { bytes, records, events, duplicates, faults: met, seconds } = added(before, summary);
        onProgress({
          phase: 'reading',
          bytes,
          totalBytes,
          records,
          events,
          duplicates,
          faults: met,
          seconds,
          origin,
        });
      },
    });
  try {
    for (const step of steps) before = added(before, await readStep(step));
    return { summary: before, faults };
  } catch (error) {
    if (stopping.aborted)
      throw new ApiFailure(503, 'stopped', 'The server stops; what was read so far is in the store.');
    if (error instanceof DecodeError)
      throw new ApiFailure(500, 'decode-failed', `${error.message}; what was read before is in the store.`, {
        values: { detail: error.message },
      });
    throw error;
  }
}

/**
 * Does the work of an ingest and answers with its report: as events with progress where the request accepts them, else when
 * all is done. A client that goes away stops it. `prepare` gives the work, `finish` is called at the end, however that is.
 */
export async function ingestAnswer(
  context: ServerContext,
  request: RequestContext,
  prepare: () => Promise<IngestWork>,
  finish: () => Promise<void>,
): Promise<Response> {
  const isEvents = request.req.header('accept')?.includes('text/event-stream') ?? false;
  if (!isEvents) {
    try {
      return request.json(await report(context, await prepare(), request.req.raw.signal, () => {}), 200);
    } finally {
      await finish();
    }
  }
  // What is wrong with the request is its status; what comes later is an event.
  let work: IngestWork;
  try {
    work = await prepare();
  } catch (error) {
    await finish();
    throw error;
  }
  return streamSSE(request, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const tell = (event: string, data: unknown) => stream.writeSSE({ event, data: JSON.stringify(data) });
    try {
      const done = await report(context, work, gone.signal, (progress) => void tell('progress', progress));
      await tell('done', done);
    } catch (error) {
      if (isBug(error) && !gone.signal.aborted) context.log(`ingest: ${(error as Error).stack ?? error}`);
      await tell('failed', failureOf(error).failure);
    } finally {
      await finish();
    }
  });
}

const nothingRead: IngestSummary = {
  files: 0,
  bytes: 0,
  records: 0,
  events: 0,
  duplicates: 0,
  faults: 0,
  seconds: 0,
  products: {},
};

function added(one: IngestSummary, other: IngestSummary): IngestSummary {
  const products = new Map(Object.entries(one.products));
  for (const [name, count] of Object.entries(other.products))
    products.set(name, (products.get(name) ?? 0) + count);
  const zones = (one.zonesUnknown ?? 0) + (other.zonesUnknown ?? 0);
  const unknown = (one.arrivalsUnknown ?? 0) + (other.arrivalsUnknown ?? 0);
  return {
    files: one.files + other.files,
    bytes: one.bytes + other.bytes,
    records: one.records + other.records,
    events: one.events + other.events,
    duplicates: one.duplicates + other.duplicates,
    faults: one.faults + other.faults,
    seconds: Math.round((one.seconds + other.seconds) * 1000) / 1000,
    products: Object.fromEntries([...products].sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(unknown > 0 && { arrivalsUnknown: unknown }),
    ...(zones > 0 && { zonesUnknown: zones }),
  };
}
