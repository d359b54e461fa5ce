import { MalformedBytes } from '../../core/byte-cursor.ts';
import { parseNode } from './binxml-parser.ts';
import { Token, tokenKind } from './binxml-token.ts';
import type { XmlNode } from './binxml-tree.ts';
import type { ChunkContext } from './chunk-context.ts';
import { MAX_FRAGMENT_DEPTH, spend } from './decode-budget.ts';
import type { Fragment, TemplateInstance, Value } from './fragment.ts';
import { templateAt, templateOf } from './template.ts';
import { arrayTexts, scalarText } from './value.ts';
import { ARRAY_BIT, ValueType } from './value-type.ts';

/** Reads the BinXML from `start` to `end`, offsets in the chunk. */
export function readFragment(context: ChunkContext, start: number, end: number, depth: number): Fragment {
  if (depth > MAX_FRAGMENT_DEPTH)
    throw new MalformedBytes('too-deep', `BinXML is nested deeper than ${MAX_FRAGMENT_DEPTH}.`, start);
  const { cursor } = context;
  const instances: TemplateInstance[] = [];
  cursor.position = start;
  while (cursor.position < end) {
    const token = cursor.u8At(cursor.position);
    if (token === Token.endOfStream) break;
    if (token === Token.fragmentHeader) cursor.skip(4);
    else if (token === Token.templateInstance) instances.push(readInstance(context, end, depth));
    else instances.push(readUntemplated(context));
  }
  return { kind: 'fragment', instances, xml: undefined };
}

/** An element written without a template: with dependency ids or, mostly, without; only trying tells. */
function readUntemplated(context: ChunkContext): TemplateInstance {
  const { cursor } = context;
  const start = cursor.position;
  const token = tokenKind(cursor.u8At(start));
  if (token !== Token.openStartElement && token !== Token.processingTarget) {
    const message = `Token 0x${token.toString(16)} where an element or a template is expected.`;
    throw new MalformedBytes('bad-structure', message, start);
  }
  return { template: templateOf([parseEitherWay(context)]), values: [], descriptors: 0 };
}

function parseEitherWay(context: ChunkContext): XmlNode {
  const { cursor } = context;
  const start = cursor.position;
  try {
    return parseNode(context, false, 0);
  } catch (error) {
    if (!(error instanceof MalformedBytes) || error.code === 'too-large') throw error;
    cursor.position = start;
    try {
      return parseNode(context, true, 0);
    } catch (second) {
      throw second instanceof MalformedBytes && second.code === 'too-large' ? second : error;
    }
  }
}

/** Reads a template instance; the cursor is at its token. */
function readInstance(context: ChunkContext, end: number, depth: number): TemplateInstance {
  const { cursor } = context;
  const at = cursor.position;
  cursor.skip(6);
  const definition = cursor.u32();
  const template = templateAt(context, definition);
  // Where a template is used first, its definition stands between the reference and the values.
  if (definition === cursor.position) cursor.skip(24 + cursor.u32At(definition + 20));
  const count = cursor.u32();
  const descriptors = cursor.position;
  if (count > (end - descriptors) / 4) {
    const message = `${count} values are claimed, ${Math.max(0, end - descriptors)} bytes are left for them.`;
    throw new MalformedBytes('bad-structure', message, at);
  }
  const values = new Array<Value>(count);
  let offset = descriptors + 4 * count;
  for (let index = 0; index < count; index++) {
    const size = cursor.u16At(descriptors + 4 * index);
    const type = cursor.u8At(descriptors + 4 * index + 2);
    if (offset + size > end) {
      const message = `Value ${index} of ${size} bytes reaches ${offset + size - end} bytes beyond its record.`;
      throw new MalformedBytes('bad-structure', message, offset);
    }
    values[index] = readValue(context, type, offset, size, depth);
    offset += size;
  }
  cursor.position = offset;
  return { template, values, descriptors };
}

function readValue(context: ChunkContext, type: number, offset: number, size: number, depth: number): Value {
  if (type === ValueType.null) return null;
  if (type === ValueType.binXml)
    return size === 0 ? null : readFragment(context, offset, offset + size, depth + 1);
  if ((type & ARRAY_BIT) !== 0) return arrayTexts(context.cursor, context.texts, type, offset, size);
  return size === 0 ? '' : scalarText(context.cursor, context.texts, type, offset, size);
}

/** The FILETIME of value `index`, where it is one. */
export function filetimeOf(
  context: ChunkContext,
  instance: TemplateInstance,
  index: number,
): bigint | undefined {
  const { cursor, budget } = context;
  const { values, descriptors } = instance;
  if (index < 0 || index >= values.length) return undefined;
  const descriptor = descriptors + 4 * index;
  if (cursor.u8At(descriptor + 2) !== ValueType.filetime || cursor.u16At(descriptor) !== 8) return undefined;
  spend(budget, 'steps', index, descriptor);
  let offset = descriptors + 4 * values.length;
  for (let before = 0; before < index; before++) offset += cursor.u16At(descriptors + 4 * before);
  return cursor.u64At(offset);
}
