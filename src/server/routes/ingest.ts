import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createRoute, z } from '@hono/zod-openapi';
import { writeDemo } from '../../demo/write-demo.ts';
import type { ArrivalSource } from '../../ingest/arrival.ts';
import { ApiFailure } from '../api-failure.ts';
import { audit } from '../audit-entry.ts';
import type { ServerContext } from '../context.ts';
import { ingestReportSchema } from '../contracts/ingest.ts';
import type { RequestContext } from '../server-environment.ts';
import { ingestAnswer } from '../upload/ingest-answer.ts';
import { receiveUpload } from '../upload/receive-upload.ts';
import { UploadFolder } from '../upload/upload-folder.ts';
import { apiRouter, failureAnswers, jsonAnswer } from './api-router.ts';

const indexSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,79}$/i, 'an index is letters, digits, _ and -, with a letter or digit first');

const upload = createRoute({
  method: 'post',
  path: '/ingest',
  summary:
    'Reads files into the store: a form with files, or one file as the body with its name in the query',
  request: {
    query: z.object({ index: indexSchema.optional(), name: z.string().max(2_000).optional() }),
  },
  responses: { 200: jsonAnswer(ingestReportSchema, 'All is on disk.'), ...failureAnswers },
});

const demo = createRoute({
  method: 'post',
  path: '/demo',
  summary: 'Loads the demonstration case',
  responses: { 200: jsonAnswer(ingestReportSchema, 'All is on disk.'), ...failureAnswers },
});

/** The demonstration case as `keizu demo` writes it by default. */
const demoCase = { seed: 1, hosts: 4, days: 1 };

/** `/ingest` and `/demo`. */
export function ingestRoutes(context: ServerContext) {
  let isDemoLoading = false;
  return apiRouter()
    .openapi(upload, async (request) => {
      const query = request.req.valid('query');
      const folder = await UploadFolder.make(context.workFolder);
      return (await ingestAnswer(
        context,
        request,
        async () => {
          const type = request.req.header('content-type');
          const fields = await receiveUpload(bodyOf(request), type, query.name, folder);
          const index = query.index ?? fields.index;
          if (index !== undefined && !indexSchema.safeParse(index).success)
            throw new ApiFailure(400, 'bad-index', 'An index is letters, digits, _ and -.');
          if (folder.paths.length === 0)
            throw new ApiFailure(400, 'no-files', 'The form has no files in it.');
          await audit(context, request, 'ingest', folder.names.join(', '));
          const options = {
            nameOf: (path: string) => folder.nameOf(path),
            ...(index !== undefined && index !== '' && { index }),
          };
          return { steps: [{ paths: folder.paths, options }], totalBytes: folder.bytes };
        },
        () => folder.remove(),
      )) as never;
    })
    .openapi(demo, async (request) => {
      if (isDemoLoading)
        throw new ApiFailure(409, 'demo-loading', 'The demonstration case is being loaded already.');
      isDemoLoading = true;
      const folder = join(context.workFolder, `demo-${randomUUID()}`);
      return (await ingestAnswer(
        context,
        request,
        async () => {
          const { bytes, files } = await writeDemo(folder, { ...demoCase, signal: context.stopping });
          await audit(context, request, 'ingest', 'the demonstration case');
          return { steps: demoSteps(folder, files), totalBytes: bytes };
        },
        async () => {
          isDemoLoading = false;
          await rm(folder, { recursive: true, force: true });
        },
      )) as never;
    });
}

/** How the case is read so that its arrivals are those of the story: late logs came when their files say, others at once. */
function demoSteps(folder: string, files: readonly string[]) {
  const nameOf = (path: string) => `demonstration${path.slice(folder.length)}`;
  const step = (isLate: boolean, arrival: ArrivalSource) => ({
    paths: files.filter((file) => file.endsWith('-late.log') === isLate).map((file) => join(folder, file)),
    options: { nameOf, arrival },
  });
  return [step(true, { kind: 'file-time' }), step(false, { kind: 'field', name: '_time' })];
}

/** The body in pieces: Node's own stream where there is one, which is twice as fast. */
function bodyOf(request: RequestContext): AsyncIterable<Uint8Array> {
  const incoming = request.env?.incoming;
  if (incoming) return incoming;
  const { body } = request.req.raw;
  return body === null ? Readable.from([]) : (body as unknown as AsyncIterable<Uint8Array>);
}
