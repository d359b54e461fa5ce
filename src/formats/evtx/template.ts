import { MalformedBytes } from '../../core/byte-cursor.ts';
import { parseNodes } from './binxml-parser.ts';
import type { XmlNode } from './binxml-tree.ts';
import type { ChunkContext } from './chunk-context.ts';
import type { EventProgram } from './event-program.ts';
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

export function templateOf(nodes: readonly XmlNode[]): Template {
  return { nodes, xml: compileXml(nodes), events: new Map() };
}

const DEFINITION_HEADER = 24;

/** The template whose definition is at `offset` in the chunk; the cursor stays where it is. */
export function templateAt(context: ChunkContext, offset: number): Template {
  const known = context.templates.get(offset);
  if (known instanceof MalformedBytes) throw known;
  if (known !== undefined) return known;
  const { cursor } = context;
  const resume = cursor.position;
  try {
    const size = cursor.u32At(offset + 20);
    const start = offset + DEFINITION_HEADER;
    cursor.need(start, size);
    cursor.position = start;
    const template = templateOf(parseNodes(context, start + size, true));
    context.templates.set(offset, template);
    return template;
  } catch (error) {
    if (error instanceof MalformedBytes) context.templates.set(offset, error);
    throw error;
  } finally {
    cursor.position = resume;
  }
}
