import { z } from '@hono/zod-openapi';
import type { EvidenceCursor } from '../../evidence/read-evidence.ts';
import { ApiFailure } from '../api-failure.ts';

const cursorSchema = z.tuple([
  z.string().regex(/^-?\d{1,19}$/),
  z.string().regex(/^[0-9a-f]{32}$/),
  z.enum(['actor', 'target', 'parent', 'user']),
]);

/** Where a page of one process's events ends, as a text. */
export function writeCursor({ time, id, side }: EvidenceCursor): string {
  return Buffer.from(JSON.stringify([String(time), id, side])).toString('base64url');
}

/** Fails with `ApiFailure` where the text is no cursor. */
export function readCursor(text: string): EvidenceCursor {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    value = undefined;
  }
  const parsed = cursorSchema.safeParse(value);
  if (!parsed.success) throw new ApiFailure(400, 'bad-request', 'after: this is no place in the events.');
  const [time, id, side] = parsed.data;
  return { time: BigInt(time), id, side, process: 0 };
}
