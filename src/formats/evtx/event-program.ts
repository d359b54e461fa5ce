import type { AttributeNode, ElementNode, XmlNode } from './binxml-tree.ts';
import { slotOfPlace, timeSlot } from './event-member.ts';
import type { Source } from './event-source.ts';
import { literalSource, sourceOf } from './event-source.ts';

/**
 * A place in an event where BinXML can stand. `path` is the names of the elements above, joined with `.`, where `leaves`
 * below UserData, or below an item of EventData, take their names from it.
 */
export interface Place {
  readonly level: 'document' | 'event' | 'system' | 'event-data' | 'user-data' | 'leaves' | 'rendering';
  readonly path: string;
}

export const documentPlace: Place = { level: 'document', path: '' };

/** What a template does to an event's fields, in the order of the XML. */
export type EventStep =
  /** An empty attribute is kept, an empty element says no more than an absent one. */
  | { readonly kind: 'member' | 'attribute-member'; readonly slot: number; readonly source: Source }
  | { readonly kind: 'time'; readonly source: Source }
  | { readonly kind: 'event' }
  | {
      readonly kind: 'part';
      readonly part: 'EventData' | 'UserData' | 'none';
      readonly name: Source | undefined;
    }
  /** An item of data; `path` names the leaves where the value turns out to be BinXML. */
  | {
      readonly kind: 'datum';
      readonly name: Source | undefined;
      readonly value: Source;
      readonly path: string;
    }
  /** An attribute as an item of data, absent where its value is null. */
  | { readonly kind: 'attribute'; readonly name: string; readonly value: Source }
  | { readonly kind: 'rendering'; readonly name: string; readonly value: Source }
  /** A value between elements: BinXML to go on with, or loose text. */
  | { readonly kind: 'nested'; readonly index: number; readonly place: Place }
  | { readonly kind: 'guard'; readonly index: number; readonly body: EventProgram };

export type EventProgram = readonly EventStep[];

/** Compiles what `nodes` do to an event when they stand at `place`. */
export function compileEvent(nodes: readonly XmlNode[], place: Place): EventProgram {
  return nodes.flatMap((node): readonly EventStep[] => {
    if (node.kind === 'substitution') return [{ kind: 'nested', index: node.index, place }];
    if (node.kind === 'element') return guarded(node, compileElement(node, place));
    if (node.kind === 'text' && place.level === 'event-data' && node.text.trim() !== '')
      return [{ kind: 'datum', name: undefined, value: literalSource(node.text), path: '' }];
    return [];
  });
}

function guarded(element: ElementNode, body: EventProgram): EventProgram {
  return element.dependency === undefined ? body : [{ kind: 'guard', index: element.dependency, body }];
}

function compileElement(element: ElementNode, place: Place): EventProgram {
  const { name, children } = element;
  switch (place.level) {
    case 'document':
      return name === 'Event'
        ? [{ kind: 'event' }, ...compileEvent(children, { level: 'event', path: '' })]
        : [];
    case 'event':
      return compileEventChild(element);
    case 'system':
      return compileSystemChild(element);
    case 'event-data':
      return compileDatum(element);
    case 'user-data':
      return [
        { kind: 'part', part: 'UserData', name: literalSource(name) },
        ...attributeSteps(element.attributes, ''),
        ...(hasText(children)
          ? [{ kind: 'datum', name: literalSource(name), value: sourceOf(children), path: name } as const]
          : compileEvent(children, { level: 'leaves', path: '' })),
      ];
    case 'leaves':
      return compileLeaf(element, place.path === '' ? name : `${place.path}.${name}`);
    case 'rendering':
      return compileRendering(element, place.path === '' ? name : place.path);
  }
}

function compileEventChild(element: ElementNode): EventProgram {
  const { name, children, attributes } = element;
  switch (name) {
    case 'System':
      return compileEvent(children, { level: 'system', path: '' });
    case 'EventData': {
      const named = attributes.find((attribute) => attribute.name === 'Name');
      return [
        { kind: 'part', part: 'EventData', name: named && sourceOf(named.parts) },
        ...compileEvent(children, { level: 'event-data', path: '' }),
      ];
    }
    case 'UserData':
      return [
        { kind: 'part', part: 'UserData', name: undefined },
        ...compileEvent(children, { level: 'user-data', path: '' }),
      ];
    case 'RenderingInfo':
      return compileEvent(children, { level: 'rendering', path: '' });
    default:
      // BinaryEventData, DebugData, ProcessingErrorData: what there is in place of the data.
      return [
        { kind: 'part', part: 'none', name: literalSource(name) },
        ...(hasText(children)
          ? [{ kind: 'datum', name: literalSource(name), value: sourceOf(children), path: name } as const]
          : compileEvent(children, { level: 'leaves', path: '' })),
      ];
  }
}

function compileSystemChild(element: ElementNode): EventProgram {
  const steps: EventStep[] = element.attributes.flatMap((attribute) =>
    memberSteps('attribute-member', `${element.name}@${attribute.name}`, attribute.parts),
  );
  return [...steps, ...memberSteps('member', element.name, element.children)];
}

function memberSteps(
  kind: 'member' | 'attribute-member',
  place: string,
  nodes: readonly XmlNode[],
): EventProgram {
  const slot = slotOfPlace.get(place);
  if (slot === undefined) return [];
  if (slot === timeSlot) return [{ kind: 'time', source: sourceOf(nodes) }];
  return [{ kind, slot, source: sourceOf(nodes) }];
}

/** `<Data Name='x'>`, `<Data>`, `<Binary>`; any other element is named by itself. */
function compileDatum(element: ElementNode): EventProgram {
  const named = element.attributes.find((attribute) => attribute.name === 'Name');
  const name = named
    ? sourceOf(named.parts)
    : element.name === 'Data'
      ? undefined
      : literalSource(element.name);
  const path = name === undefined || name.index >= 0 || name.parts.length > 0 ? element.name : name.text;
  if (element.children.some((child) => child.kind === 'element'))
    return compileEvent(element.children, { level: 'leaves', path });
  const others = element.name === 'Data' ? [] : element.attributes.filter((attribute) => attribute !== named);
  return [{ kind: 'datum', name, value: sourceOf(element.children), path }, ...attributeSteps(others, path)];
}

function compileLeaf(element: ElementNode, path: string): EventProgram {
  const { children } = element;
  const attributes = attributeSteps(element.attributes, path);
  if (children.some((child) => child.kind === 'element'))
    return [...attributes, ...compileEvent(children, { level: 'leaves', path })];
  if (children.length === 0 && attributes.length > 0) return attributes;
  return [...attributes, { kind: 'datum', name: literalSource(path), value: sourceOf(children), path }];
}

function attributeSteps(attributes: readonly AttributeNode[], path: string): EventProgram {
  return attributes
    .filter((attribute) => !/^xmlns(:|$)/.test(attribute.name))
    .map((attribute) => ({
      kind: 'attribute',
      name: path === '' ? attribute.name : `${path}.${attribute.name}`,
      value: sourceOf(attribute.parts),
    }));
}

function compileRendering(element: ElementNode, name: string): EventProgram {
  if (element.children.some((child) => child.kind === 'element'))
    return compileEvent(element.children, { level: 'rendering', path: name });
  return [{ kind: 'rendering', name, value: sourceOf(element.children) }];
}

/** Whether an element says something itself, rather than by its elements. */
function hasText(children: readonly XmlNode[]): boolean {
  return (
    children.length > 0 &&
    children.every((child) => child.kind === 'text' || child.kind === 'entity') &&
    children.some((child) => child.kind !== 'text' || child.text.trim() !== '')
  );
}
