/** A decoding thread that came to an end before its work: a bug, or no memory left. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}
