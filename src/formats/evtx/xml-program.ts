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
 * - `attribute`: ` name='` in `text`, the value or the `body`, and the quote; left out where the value is null.
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

export function compileXml(nodes: readonly XmlNode[]): XmlProgram {
  return merged(nodes.flatMap(stepsOf));
}

function stepsOf(node: XmlNode): readonly XmlStep[] {
  switch (node.kind) {
    case 'text':
      return [literal(escapeText(node.text))];
    case 'entity':
      return [literal(`&${node.name};`)];
    case 'processing':
      return [literal(`<?${node.target} ${node.data}?>`)];
    case 'substitution':
      return [content(node.index)];
    case 'element':
      return elementSteps(node);
  }
}

function elementSteps(element: ElementNode): readonly XmlStep[] {
  const open = [literal(`<${element.name}`), ...element.attributes.map(attributeStep)];
  if (element.selfClosed) return guarded(element, [...open, literal('/>')], none);
  const end = `</${element.name}>`;
  const start = merged([...open, literal('>')]);
  const [only] = element.children;
  const [startTag] = start;
  if (only?.kind === 'substitution' && element.children.length === 1) {
    if (start.length === 1 && startTag?.kind === 'literal')
      return guarded(element, [content(only.index, startTag.text, end)], none);
  }
  const repeats = element.children.flatMap((child) => (child.kind === 'substitution' ? [child.index] : []));
  return guarded(element, [...start, ...element.children.flatMap(stepsOf), literal(end)], repeats);
}

function guarded(
  element: ElementNode,
  body: readonly XmlStep[],
  repeats: readonly number[],
): readonly XmlStep[] {
  if (element.dependency === undefined && repeats.length === 0) return body;
  const index = element.dependency ?? -1;
  return [{ kind: 'element', text: '', index, close: '', body: merged(body), repeats }];
}

function attributeStep(attribute: AttributeNode): XmlStep {
  const text = ` ${attribute.name}='`;
  const [only] = attribute.parts;
  if (attribute.parts.length === 1 && only?.kind === 'substitution')
    return { kind: 'attribute', text, index: only.index, close: "'", body: none, repeats: none };
  if (attribute.parts.every((part) => part.kind === 'text'))
    return literal(`${text}${attribute.parts.map((part) => escapeAttribute(part.text)).join('')}'`);
  const body = attribute.parts.map((part) => {
    if (part.kind === 'substitution') return { ...content(part.index), kind: 'attribute' as const };
    return literal(part.kind === 'text' ? escapeAttribute(part.text) : `&${part.name};`);
  });
  return { kind: 'attribute', text, index: -1, close: "'", body: merged(body), repeats: none };
}

/** Joins literals that stand side by side. */
function merged(steps: readonly XmlStep[]): readonly XmlStep[] {
  const result: XmlStep[] = [];
  for (const step of steps) {
    const last = result.at(-1);
    if (step.kind === 'literal' && last?.kind === 'literal')
      result[result.length - 1] = literal(last.text + step.text);
    else result.push(step);
  }
  return result;
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
        xml += renderAttribute(step, values, budget);
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

function renderAttribute(step: XmlStep, values: readonly Value[], budget: DecodeBudget): string {
  if (step.index < 0) return step.text + render(step.body, values, budget) + step.close;
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
