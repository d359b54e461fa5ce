import type { AttributeNode, ElementNode, XmlNode } from './binxml-tree.ts';
import type { DecodeBudget } from './decode-budget.ts';
import { spend } from './decode-budget.ts';
import type { Fragment, Value } from './fragment.ts';
import { isFragment } from './fragment.ts';
import { escapeAttribute, escapeText } from './xml-escape.ts';

/**
 * A template as the ranges of XML that are the same in each of its events, and what to do between them.
 *
 * - `literal`: `text` as it is.
 * - `content`: value `index` between `text` and `close`. An array repeats all three for each of its items (Windows repeats
 *   the element), so a `content` that is more than the value alone is one element with one value.
 * - `attribute`: ` name='` in `text`, the value, and the quote in `close`; left out where the value is null.
 * - `element`: the `body`, left out where value `index` is null (-1: never), repeated where a value in `repeats` is an array.
 */
interface XmlStep {
  readonly kind: 'literal' | 'content' | 'attribute' | 'element';
  readonly text: string;
  readonly index: number;
  readonly close: string;
  readonly body: readonly XmlStep[];
  readonly repeats: readonly number[];
}

export type XmlProgram = readonly XmlStep[];

const none: readonly never[] = [];

function literal(text: string): XmlStep {
  return { kind: 'literal', text, index: -1, close: '', body: none, repeats: none };
}

function content(index: number, text = '', close = ''): XmlStep {
  return { kind: 'content', text, index, close, body: none, repeats: none };
}

/** Steps as they are put together; `text` is what the next literal has so far. */
interface XmlDraft {
  readonly steps: XmlStep[];
  text: string;
}

export function compileXml(nodes: readonly XmlNode[]): XmlProgram {
  const draft: XmlDraft = { steps: [], text: '' };
  for (const node of nodes) addNode(draft, node);
  return finished(draft);
}

function addStep(draft: XmlDraft, step: XmlStep): void {
  if (draft.text !== '') draft.steps.push(literal(draft.text));
  draft.text = '';
  draft.steps.push(step);
}

function finished(draft: XmlDraft): XmlProgram {
  if (draft.text !== '') draft.steps.push(literal(draft.text));
  return draft.steps;
}

function addNode(draft: XmlDraft, node: XmlNode): void {
  switch (node.kind) {
    case 'text':
      draft.text += escapeText(node.text);
      break;
    case 'entity':
      draft.text += `&${node.name};`;
      break;
    case 'processing':
      draft.text += `<?${node.target} ${node.data}?>`;
      break;
    case 'substitution':
      addStep(draft, content(node.index));
      break;
    case 'element':
      addElement(draft, node);
      break;
  }
}

function addElement(draft: XmlDraft, element: ElementNode): void {
  const { name, children, dependency } = element;
  const repeats = children.flatMap((child) => (child.kind === 'substitution' ? child.index : none));
  const [only] = children;
  if (dependency === undefined && repeats.length === 0) addTags(draft, element);
  else if (dependency === undefined && children.length === 1 && only?.kind === 'substitution') {
    const start: XmlDraft = { steps: [], text: '' };
    addStartTag(start, element);
    if (start.steps.length === 0) addStep(draft, content(only.index, start.text, `</${name}>`));
    else addStep(draft, elementStep(element, repeats));
  } else addStep(draft, elementStep(element, repeats));
}

function elementStep(element: ElementNode, repeats: readonly number[]): XmlStep {
  const body: XmlDraft = { steps: [], text: '' };
  addTags(body, element);
  const index = element.dependency ?? -1;
  return { kind: 'element', text: '', index, close: '', body: finished(body), repeats };
}

function addTags(draft: XmlDraft, element: ElementNode): void {
  addStartTag(draft, element);
  if (element.selfClosed) return;
  for (const child of element.children) addNode(draft, child);
  draft.text += `</${element.name}>`;
}

function addStartTag(draft: XmlDraft, element: ElementNode): void {
  draft.text += `<${element.name}`;
  for (const attribute of element.attributes) addAttribute(draft, attribute);
  draft.text += element.selfClosed ? '/>' : '>';
}

function addAttribute(draft: XmlDraft, { name, parts }: AttributeNode): void {
  const text = ` ${name}='`;
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'substitution') {
    addStep(draft, { kind: 'attribute', text, index: only.index, close: "'", body: none, repeats: none });
    return;
  }
  draft.text += text;
  for (const part of parts) {
    if (part.kind === 'substitution') addStep(draft, { ...content(part.index), kind: 'attribute' });
    else draft.text += part.kind === 'text' ? escapeAttribute(part.text) : `&${part.name};`;
  }
  draft.text += "'";
}

/** Renders a fragment: its instances one after another. */
export function renderFragment(fragment: Fragment, budget: DecodeBudget): string {
  if (fragment.xml !== undefined) return fragment.xml;
  let xml = '';
  for (const { template, values } of fragment.instances) xml += render(template.xml, values, budget);
  fragment.xml = xml;
  return xml;
}

function render(program: XmlProgram, values: readonly Value[], budget: DecodeBudget): string {
  let xml = '';
  spend(budget, 'steps', program.length, 0);
  for (const step of program) {
    switch (step.kind) {
      case 'literal':
        xml += step.text;
        break;
      case 'content': {
        const value = values[step.index];
        if (typeof value === 'string') xml += step.text + escapeText(value) + step.close;
        else xml += step.text + specialContent(value, step, budget) + step.close;
        break;
      }
      case 'attribute':
        xml += renderAttribute(step, values);
        break;
      case 'element':
        xml += renderElement(step, values, budget);
        break;
    }
    if (xml.length > budget.characters) spend(budget, 'characters', xml.length, 0);
  }
  return xml;
}

function specialContent(value: Value | undefined, step: XmlStep, budget: DecodeBudget): string {
  if (value === null || value === undefined) return '';
  if (isFragment(value)) return renderFragment(value, budget);
  if (typeof value === 'string') return escapeText(value);
  return value.map(escapeText).join(step.close + step.text);
}

function renderAttribute(step: XmlStep, values: readonly Value[]): string {
  const value = values[step.index];
  return value === null || value === undefined
    ? ''
    : step.text + escapeAttribute(plainText(value)) + step.close;
}

function renderElement(step: XmlStep, values: readonly Value[], budget: DecodeBudget): string {
  if (step.index >= 0 && (values[step.index] ?? null) === null) return '';
  const index = step.repeats.find((candidate) => Array.isArray(values[candidate]));
  const items = index === undefined ? undefined : values[index];
  if (index === undefined || !Array.isArray(items)) return render(step.body, values, budget);
  let xml = '';
  const filled = [...values];
  for (const item of items as readonly string[]) {
    filled[index] = item;
    xml += render(step.body, filled, budget);
    if (xml.length > budget.characters) spend(budget, 'characters', xml.length, 0);
  }
  return xml;
}

/** A value where only text can stand, as in an attribute. */
export function plainText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null || isFragment(value)) return '';
  return value.join(' ');
}
