import { MalformedBytes } from '../../core/byte-cursor.ts';
import type { ReadLimits } from '../../core/limits.ts';
import type { NameContext } from './binxml-name.ts';
import { readName } from './binxml-name.ts';
import { MORE_BIT, Token, tokenKind } from './binxml-token.ts';
import type {
  AttributeNode,
  ElementNode,
  EntityNode,
  SubstitutionNode,
  TextNode,
  XmlNode,
} from './binxml-tree.ts';
import type { DecodeBudget } from './decode-budget.ts';
import { spend } from './decode-budget.ts';
import { ValueType } from './value-type.ts';

const NO_DEPENDENCY = 0xffff;
const none: readonly never[] = [];
const predefinedEntities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

export interface ParseContext extends NameContext {
  readonly budget: DecodeBudget;
  readonly limits: ReadLimits;
  /** Told of every reference to a name that was read, and at which offset it stands. */
  readonly recordName?: (name: string, at: number, inline: boolean) => void;
}

/**
 * Parses the nodes at the cursor up to the end of the stream token or `end`. `dependencies` says whether elements carry a
 * dependency id: those of template definitions do, those written without a template mostly do not.
 */
export function parseNodes(context: ParseContext, end: number, dependencies: boolean): readonly XmlNode[] {
  const { cursor } = context;
  const nodes: XmlNode[] = [];
  while (cursor.position < end) {
    const token = cursor.u8At(cursor.position);
    if (token === Token.endOfStream) {
      cursor.skip(1);
      break;
    }
    if (token === Token.fragmentHeader) cursor.skip(4);
    else nodes.push(parseNode(context, dependencies, 0));
  }
  return nodes;
}

/** Parses the one element or processing instruction at the cursor. */
export function parseNode(context: ParseContext, dependencies: boolean, depth: number): XmlNode {
  const { cursor } = context;
  const at = cursor.position;
  spend(context.budget, 'tokens', 1, at);
  const byte = cursor.u8();
  switch (tokenKind(byte)) {
    case Token.openStartElement:
      return parseElement(context, (byte & MORE_BIT) !== 0, dependencies, depth);
    case Token.value:
      return { kind: 'text', text: readLiteral(context) };
    case Token.cdata:
      return { kind: 'text', text: readCountedText(context) };
    case Token.characterReference:
      return { kind: 'text', text: String.fromCharCode(cursor.u16()) };
    case Token.entityReference: {
      const name = parseName(context);
      const text = predefinedEntities.get(name);
      return text === undefined ? { kind: 'entity', name } : { kind: 'text', text };
    }
    case Token.processingTarget: {
      const target = parseName(context);
      if (cursor.u8At(cursor.position) !== Token.processingData)
        return { kind: 'processing', target, data: '' };
      cursor.skip(1);
      return { kind: 'processing', target, data: readCountedText(context).replaceAll('?>', '? >') };
    }
    case Token.substitution:
    case Token.optionalSubstitution: {
      const index = cursor.u16();
      cursor.skip(1);
      return { kind: 'substitution', index };
    }
    default:
      throw new MalformedBytes(
        'bad-structure',
        `Token 0x${byte.toString(16)} where content is expected.`,
        at,
      );
  }
}

function parseElement(
  context: ParseContext,
  attributed: boolean,
  dependencies: boolean,
  depth: number,
): ElementNode {
  const { cursor } = context;
  if (depth >= context.limits.recordDepth) {
    const message = `Elements are nested deeper than ${context.limits.recordDepth}.`;
    throw new MalformedBytes('too-deep', message, cursor.position);
  }
  const controlling = dependencies ? cursor.u16() : NO_DEPENDENCY;
  const dependency = controlling === NO_DEPENDENCY ? undefined : controlling;
  cursor.skip(4);
  const name = parseName(context);
  const attributes = attributed ? parseAttributes(context) : none;
  const close = cursor.u8();
  if (close === Token.closeEmptyElement)
    return { kind: 'element', name, dependency, attributes, children: none, selfClosed: true };
  if (close !== Token.closeStartElement) {
    const message = `Token 0x${close.toString(16)} where the start tag of ${name} should end.`;
    throw new MalformedBytes('bad-structure', message, cursor.position - 1);
  }
  const children: XmlNode[] = [];
  while (cursor.u8At(cursor.position) !== Token.endElement)
    children.push(parseNode(context, dependencies, depth + 1));
  cursor.skip(1);
  return { kind: 'element', name, dependency, attributes, children, selfClosed: false };
}

function parseAttributes(context: ParseContext): readonly AttributeNode[] {
  const { cursor } = context;
  cursor.skip(4);
  const attributes: AttributeNode[] = [];
  while (tokenKind(cursor.u8At(cursor.position)) === Token.attribute) {
    spend(context.budget, 'tokens', 1, cursor.position);
    cursor.skip(1);
    const name = parseName(context);
    const parts: (TextNode | SubstitutionNode | EntityNode)[] = [];
    while (isAttributePart(tokenKind(cursor.u8At(cursor.position)))) {
      const part = parseNode(context, false, Number.POSITIVE_INFINITY);
      if (part.kind !== 'element' && part.kind !== 'processing') parts.push(part);
    }
    attributes.push({ name, parts });
  }
  return attributes;
}

function isAttributePart(token: number): boolean {
  return (
    token === Token.value ||
    token === Token.substitution ||
    token === Token.optionalSubstitution ||
    token === Token.characterReference ||
    token === Token.entityReference
  );
}

function readLiteral(context: ParseContext): string {
  const { cursor } = context;
  const type = cursor.u8();
  if (type !== ValueType.string) {
    const message = `A literal value of type 0x${type.toString(16)}; only text is known.`;
    throw new MalformedBytes('unsupported', message, cursor.position - 1);
  }
  return readCountedText(context);
}

/** Text behind its count of UTF-16 units. */
function readCountedText(context: ParseContext): string {
  const { cursor } = context;
  const length = 2 * cursor.u16();
  const start = cursor.position;
  cursor.skip(length);
  return context.texts.utf16(cursor, start, length);
}

function parseName(context: ParseContext): string {
  const { cursor } = context;
  const at = cursor.position;
  const name = readName(context);
  context.recordName?.(name, at, cursor.position > at + 4);
  return name;
}
