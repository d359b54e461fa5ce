import { type Fault, fault } from '../../core/fault.ts';
import type { ByteSource } from '../format.ts';
import { AsciiPrefix } from './ascii-prefix.ts';
import { decoderOf } from './decoder.ts';
import type { Encoding } from './encoding.ts';

/**
 * A text as UTF-8. Bytes that are no UTF-8 in what is said to be are left as they are (so offsets stay true) and are read
 * as U+FFFD by whoever makes text of them; in other encodings they become U+FFFD here. Either way one fault, at the
 * end, says how many there were and where the first one stood. A text that was ASCII and goes on as Shift_JIS is read so
 * from there on.
 */
export async function* utf8Stream(
  source: ByteSource,
  encoding: Encoding,
  report: (fault: Fault) => void,
): AsyncGenerator<Uint8Array> {
  const chunks = encoding === 'ascii' ? new AsciiPrefix(source) : undefined;
  if (chunks) yield* chunks.ascii();
  const decoder = decoderOf(chunks ? chunks.encoding() : encoding);
  let offset = chunks?.offset ?? 0;
  for await (const chunk of chunks ? chunks.others() : source) {
    const out = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength), offset);
    offset += chunk.length;
    if (out.length > 0) yield out;
  }
  const out = decoder.end(offset);
  if (out.length > 0) yield out;
  if (decoder.bad === 0) return;
  const pieces = decoder.bad === 1 ? 'a piece' : `${decoder.bad} pieces, the first here,`;
  report(
    fault('bad-encoding', `${pieces} of text that is not ${decoder.name}, read as U+FFFD`, decoder.firstBad),
  );
}
