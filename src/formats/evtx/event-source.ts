import type { XmlNode } from './binxml-tree.ts';
import type { Value } from './fragment.ts';
import { plainText } from './xml-program.ts';

/** Where a text comes from: value `index` of the instance, else `parts` side by side, else `text` as it is. */
export interface Source {
  readonly index: number;
  readonly text: string;
  readonly parts: readonly Source[];
}

const none: readonly never[] = [];

export function sourceOf(nodes: readonly XmlNode[]): Source {
  const [single] = nodes;
  if (single?.kind === 'substitution' && nodes.length === 1)
    return { index: single.index, text: '', parts: none };
  if (single?.kind === 'text' && nodes.length === 1) return literalSource(single.text);
  const parts = nodes.flatMap(partsOf);
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  if (parts.every((part) => part.index < 0)) return literalSource(parts.map((part) => part.text).join(''));
  return { index: -1, text: '', parts };
}

export function literalSource(text: string): Source {
  return { index: -1, text, parts: none };
}

function partsOf(node: XmlNode): readonly Source[] {
  switch (node.kind) {
    case 'text':
      return [literalSource(node.text)];
    case 'entity':
      return [literalSource(`&${node.name};`)];
    case 'substitution':
      return [{ index: node.index, text: '', parts: none }];
    case 'element':
    case 'processing':
      return [];
  }
}

/** The text, or null where it is one value and that is null. */
export function textOf(source: Source, values: readonly Value[]): string | null {
  if (source.index >= 0) {
    const value = values[source.index];
    if (typeof value === 'string') return value;
    return value === null || value === undefined ? null : plainText(value);
  }
  if (source.parts.length === 0) return source.text;
  let text = '';
  for (const part of source.parts) text += textOf(part, values) ?? '';
  return text;
}
