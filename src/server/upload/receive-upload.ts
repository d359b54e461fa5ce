import { ApiFailure } from '../api-failure.ts';
import { MultipartError, type MultipartItem, multipartBoundary, readMultipart } from './multipart.ts';
import type { UploadFolder } from './upload-folder.ts';

/** What came with the files. */
export interface UploadFields {
  readonly index: string | undefined;
}

const longestField = 1_000;

/** Puts the files of a request into a folder: those of a multipart form, or the body itself under `name`. */
export async function receiveUpload(
  body: AsyncIterable<Uint8Array>,
  contentType: string | undefined,
  name: string | undefined,
  folder: UploadFolder,
): Promise<UploadFields> {
  const boundary = multipartBoundary(contentType);
  if (boundary === undefined) {
    if (contentType?.startsWith('multipart/'))
      throw new ApiFailure(415, 'not-a-form', 'Only multipart/form-data is understood.');
    await folder.take(name ?? 'upload', body);
    return { index: undefined };
  }
  try {
    return await receiveForm(body, boundary, folder);
  } catch (error) {
    if (error instanceof MultipartError) throw new ApiFailure(400, 'bad-form', `The form: ${error.message}.`);
    throw error;
  }
}

async function receiveForm(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  folder: UploadFolder,
): Promise<UploadFields> {
  const items = readMultipart(body, boundary);
  let index: string | undefined;
  for await (const item of items) {
    if (item.kind !== 'head') continue;
    const bytes = partBytes(items);
    if (item.fileName !== undefined) await folder.take(item.fileName, bytes);
    else if (item.name === 'index') index = await fieldText(bytes);
    else for await (const _skipped of bytes);
  }
  return { index };
}

/** The bytes of the part that has just begun. Leaves the items where the part ends. */
async function* partBytes(items: AsyncGenerator<MultipartItem>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const next = await items.next();
    if (next.done || next.value.kind === 'end') return;
    if (next.value.kind === 'bytes') yield next.value.bytes;
  }
}

async function fieldText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > longestField) throw new MultipartError('a field is too long');
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces).toString('utf8').trim();
}
