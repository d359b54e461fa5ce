import type { ByteCursor } from '../../core/byte-cursor.ts';
import type { NameContext } from './binxml-name.ts';
import { nameAt, nameSize } from './binxml-name.ts';
import type { Template } from './template.ts';

/** Where a definition refers to a name, counted from the definition's start, and whether the name stands there too. */
export interface NameReference {
  readonly at: number;
  readonly inline: boolean;
  readonly name: string;
}

interface Entry {
  readonly bytes: Buffer;
  readonly references: readonly NameReference[];
  readonly template: Template;
}

/** Of definitions; compiled they take about ten times as much. */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_VARIANTS = 16;
const GUID_AT = 4;
const NAME_LINK_SIZE = 4;

/**
 * Compiled templates kept from chunk to chunk and file to file. Every chunk holds the definitions that it uses, so most are compiled before.
 * A definition is taken for one that is known only where every byte is the same but for the offsets of names, and every
 * name reads the same: its GUID alone proves nothing in a file that someone else wrote.
 */
export class TemplateLibrary {
  private readonly entries = new Map<string, Entry[]>();
  private kept = 0;

  /** Finds the template whose definition takes `size` bytes at `start`. */
  find(context: NameContext, start: number, size: number): Template | undefined {
    const variants = this.entries.get(keyOf(context.cursor, start, size));
    return variants?.find((entry) => matches(entry, context, start))?.template;
  }

  add(
    cursor: ByteCursor,
    start: number,
    size: number,
    references: readonly NameReference[],
    template: Template,
  ): void {
    if (this.kept + size > MAX_BYTES) {
      this.entries.clear();
      this.kept = 0;
    }
    const key = keyOf(cursor, start, size);
    const variants = this.entries.get(key) ?? [];
    if (variants.length >= MAX_VARIANTS) return;
    variants.push({ bytes: Buffer.from(cursor.bytes.subarray(start, start + size)), references, template });
    this.entries.set(key, variants);
    this.kept += size;
  }
}

function keyOf(cursor: ByteCursor, start: number, size: number): string {
  return `${cursor.u32At(start + GUID_AT)}:${cursor.u32At(start + GUID_AT + 4)}:${size}`;
}

function matches({ bytes, references }: Entry, context: NameContext, start: number): boolean {
  const { cursor, names } = context;
  // The definition's first four bytes link it to the next one of the chunk.
  let compared = NAME_LINK_SIZE;
  for (const { at, inline, name } of references) {
    if (!same(bytes, compared, cursor.bytes, start + compared, at - compared)) return false;
    const place = start + at + NAME_LINK_SIZE;
    const offset = cursor.u32At(start + at);
    if ((offset === place) !== inline) return false;
    compared = at + NAME_LINK_SIZE;
    if (inline) {
      const text = compared + NAME_LINK_SIZE;
      const length = nameSize(name) - NAME_LINK_SIZE;
      if (!same(bytes, text, cursor.bytes, start + text, length)) return false;
      names.set(offset, name);
      compared = text + length;
    } else if (nameAt(context, offset) !== name) return false;
  }
  return same(bytes, compared, cursor.bytes, start + compared, bytes.length - compared);
}

function same(known: Buffer, at: number, bytes: Buffer, from: number, length: number): boolean {
  for (let index = 0; index < length; index++) if (known[at + index] !== bytes[from + index]) return false;
  return true;
}
