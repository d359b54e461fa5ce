import { SaxesParser } from 'saxes';
import { localName, type XmlElement } from './xml-element.ts';

/** What a full reading of one event's XML gave: as much of the element as was there, and what is wrong with it. */
export interface FullXml {
  readonly root: XmlElement | undefined;
  /** What is not well-formed, in order; at most `ERRORS_KEPT`. */
  readonly errors: readonly string[];
  readonly isDeeper: boolean;
  readonly hasDoctype: boolean;
}

const ERRORS_KEPT = 8;
const entities = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };

/**
 * Reads the XML of one element whatever its shape, and reads on behind what is not well-formed. No entity but the five
 * of XML is replaced, and nothing that a DOCTYPE declares.
 */
export function parseFullXml(source: string, depthLimit: number): FullXml {
  const errors: string[] = [];
  const stack: XmlElement[] = [];
  let root: XmlElement | undefined;
  let isDeeper = false;
  let hasDoctype = false;
  let skipped = 0;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.ENTITIES = Object.assign(Object.create(null), entities);
  parser.on('error', (error) => {
    if (errors.length < ERRORS_KEPT) errors.push(error.message.replace(/^[:\s]+/, '').replace(/\.$/, ''));
  });
  parser.on('doctype', () => {
    hasDoctype = true;
  });
  parser.on('opentag', (tag) => {
    if (skipped > 0 || (root && stack.length === 0)) {
      skipped++;
      return;
    }
    const attributes = Object.entries(tag.attributes).flat();
    const element: XmlElement = {
      name: localName(tag.name),
      attributes: attributes.length > 0 ? attributes : undefined,
      children: undefined,
      text: '',
    };
    const parent = stack.at(-1);
    if (!parent) root = element;
    else if (parent.children) parent.children.push(element);
    else parent.children = [element];
    if (stack.push(element) > depthLimit && !tag.isSelfClosing) isDeeper = true;
    if (isDeeper) {
      stack.pop();
      skipped++;
    }
  });
  parser.on('closetag', () => {
    if (skipped > 0) skipped--;
    else stack.pop();
  });
  const addText = (text: string) => {
    const element = stack.at(-1);
    if (element && skipped === 0) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(source.replace(/\p{Surrogate}/gu, '\ufffd')).close();
  return { root, errors, isDeeper, hasDoctype };
}
