/** RFC 8878 section 3.1: frames of a header and blocks, or skippable. */
type Part =
  | { readonly kind: 'magic' }
  | { readonly kind: 'header' }
  | { readonly kind: 'block' }
  | { readonly kind: 'skip'; left: number; readonly then: 'block' | 'magic' };

const SKIPPABLE = 0x184d2a50;

/**
 * Follows a zstd stream's frames without unpacking them, to know each frame's window before the decoder sets it up. A
 * stream that is not zstd is left for the decoder to judge.
 */
export class ZstdFrames {
  /** The largest window that a frame has asked for so far. */
  window = 0;
  private part: Part = { kind: 'magic' };
  private held: number[] = [];
  private hasChecksum = false;

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.part.kind === 'skip') {
        const step = Math.min(this.part.left, bytes.length - at);
        this.part.left -= step;
        at += step;
        if (this.part.left === 0) this.part = { kind: this.part.then };
        continue;
      }
      this.held.push(bytes[at++] as number);
      if (this.held.length >= this.wanted()) this.read();
    }
  }

  /** Bytes that the part needs before it can be read. */
  private wanted(): number {
    if (this.part.kind === 'block') return 3;
    if (this.part.kind === 'header') return this.held.length < 1 ? 1 : headerBytes(this.held[0] as number);
    return this.held.length >= 4 && isSkippable(this.held) ? 8 : 4;
  }

  private read(): void {
    const held = this.held;
    this.held = [];
    switch (this.part.kind) {
      case 'magic':
        if (isSkippable(held)) this.skip(number(held, 4, 4), 'magic');
        else this.part = { kind: 'header' };
        return;
      case 'header':
        this.hasChecksum = ((held[0] as number) & 4) !== 0;
        this.window = Math.max(this.window, windowOf(held));
        this.part = { kind: 'block' };
        return;
      case 'block': {
        const head = number(held, 0, 3);
        const isRepeated = ((head >> 1) & 3) === 1;
        const size = isRepeated ? 1 : head >> 3;
        if (head & 1) this.skip(size + (this.hasChecksum ? 4 : 0), 'magic');
        else this.skip(size, 'block');
      }
    }
  }

  private skip(left: number, then: 'block' | 'magic'): void {
    this.part = left > 0 ? { kind: 'skip', left, then } : { kind: then };
  }
}

function number(bytes: readonly number[], from: number, count: number): number {
  let value = 0;
  for (let at = count - 1; at >= 0; at--) value = value * 256 + (bytes[from + at] ?? 0);
  return value;
}

function isSkippable(bytes: readonly number[]): boolean {
  return number(bytes, 0, 4) - (number(bytes, 0, 4) % 16) === SKIPPABLE;
}

const dictionaryBytes = [0, 1, 2, 4];

function sizeBytes(descriptor: number): number {
  const flag = descriptor >> 6;
  return flag === 0 ? (descriptor >> 5) & 1 : 2 ** flag;
}

function headerBytes(descriptor: number): number {
  const hasWindow = (descriptor & 0x20) === 0;
  return 1 + (hasWindow ? 1 : 0) + (dictionaryBytes[descriptor & 3] as number) + sizeBytes(descriptor);
}

function windowOf(header: readonly number[]): number {
  const descriptor = header[0] as number;
  if (descriptor & 0x20) {
    const count = sizeBytes(descriptor);
    return number(header, header.length - count, count) + (count === 2 ? 256 : 0);
  }
  const window = header[1] as number;
  const base = 2 ** (10 + (window >> 3));
  return base + (base / 8) * (window & 7);
}
