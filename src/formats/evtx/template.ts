import { MalformedBytes } from '../../core/byte-cursor.ts';
import { parseNodes } from './binxml-parser.ts';
import type { XmlNode } from './binxml-tree.ts';
import type { ChunkContext } from './chunk-context.ts';
import { spend } from './decode-budget.ts';
import type { EventProgram } from './event-program.ts';
import type { NameReference } from './template-library.ts';
import type { XmlProgram } from './xml-program.ts';
import { compileXml } from './xml-program.ts';

/** A template, compiled to the two programs that fill it: its XML, and what it contributes to an event's fields. */
export interface Template {
  readonly nodes: readonly XmlNode[];
  readonly xml: XmlProgram;
  /** Fields depend on where in the event the template is used: one program for each place, compiled when needed. */
  readonly events: Map<string, EventProgram>;
}

/** Templates of a chunk by the offset of their definition; one that cannot be read stands with its error. */
export type TemplateTable = Map<number, Template | MalformedBytes>;

export function templateOf(definition: readonly XmlNode[]): Template {
  const nodes = definition.map(alwaysShown);
  return { nodes, xml: compileXml(nodes), events: new Map() };
}

/**
 * Windows lets the Event element depend on the value that holds its data. In a torn record that value is lost, and what
 * the System part still says must not go with it.
 */
function alwaysShown(node: XmlNode): XmlNode {
  return node.kind === 'element' && node.name === 'Event' ? { ...node, dependency: undefined } : node;
}

const DEFINITION_HEADER = 24;

/** The template whose definition is at `offset` in the chunk; the cursor stays where it is. */
export function templateAt(context: ChunkContext, offset: number): Template {
  const known = context.templates.get(offset);
  if (known instanceof MalformedBytes) throw known;
  if (known !== undefined) return known;
  const resume = context.cursor.position;
  try {
    const template = readDefinition(context, offset);
    context.templates.set(offset, template);
    return template;
  } catch (error) {
    if (error instanceof MalformedBytes) context.templates.set(offset, error);
    throw error;
  } finally {
    context.cursor.position = resume;
  }
}

function readDefinition(context: ChunkContext, offset: number): Template {
  const { cursor, library } = context;
  const size = DEFINITION_HEADER + cursor.u32At(offset + 20);
  cursor.need(offset, size);
  spend(context.budget, 'tokens', 16, offset);
  const found = library.find(context, offset, size);
  if (found !== undefined) return found;
  const references: NameReference[] = [];
  const recordName = (name: string, at: number, inline: boolean) =>
    references.push({ name, at: at - offset, inline });
  cursor.position = offset + DEFINITION_HEADER;
  const template = templateOf(parseNodes({ ...context, recordName }, offset + size, true));
  library.add(cursor, offset, size, references, template);
  return template;
}
