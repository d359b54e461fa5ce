import type { XmlElement } from './xml-element.ts';

/** What this reader leaves to the full one: characters that XML forbids, surrogates, and `]]>`. */
const irregular = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|\]\]>/;

const EXCLAMATION = 0x21;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const GREATER = 0x3e;
const QUESTION = 0x3f;

/**
 * Reads the XML of one element in the plain shape that Windows and its exporters write: elements, attributes, text, the
 * five entities and character references. Undefined for anything else (comments, CDATA, declarations, prefixes, what is
 * not well-formed), which the full parser then judges; where this one gives an element, both give the same. Several times
 * as fast as the full one.
 */
export function parseRegularXml(source: string, depthLimit: number): XmlElement | undefined {
  if (irregular.test(source)) return undefined;
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  const hasEntities = text.includes('&');
  const stack: XmlElement[] = [];
  let root: XmlElement | undefined;
  let current: XmlElement | undefined;
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) return stack.length === 0 && root && isAllBlank(text.slice(at)) ? root : undefined;
    if (open > at) {
      if (!current) {
        if (!isAllBlank(text.slice(at, open))) return undefined;
      } else {
        const piece = hasEntities ? decodeText(text.slice(at, open)) : text.slice(at, open);
        if (piece === undefined) return undefined;
        current.text = current.text === '' ? piece : current.text + piece;
      }
    }
    const code = text.charCodeAt(open + 1);
    if (code === SLASH) {
      if (!current) return undefined;
      const { name } = current;
      const end = open + 2 + name.length;
      if (text.charCodeAt(end) !== GREATER || !text.startsWith(name, open + 2)) return undefined;
      stack.pop();
      current = stack[stack.length - 1];
      at = end + 1;
      continue;
    }
    if (code === EXCLAMATION || code === QUESTION || (!current && root)) return undefined;
    const nameEnd = endOfName(text, open + 1);
    if (nameEnd === open + 1) return undefined;
    const element: XmlElement = {
      name: text.slice(open + 1, nameEnd),
      attributes: undefined,
      children: undefined,
      text: '',
    };
    at = readAttributes(text, nameEnd, element, hasEntities);
    if (at < 0) return undefined;
    if (current) {
      if (current.children) current.children.push(element);
      else current.children = [element];
    } else root = element;
    if (text.charCodeAt(at) === SLASH) {
      if (text.charCodeAt(at + 1) !== GREATER) return undefined;
      at += 2;
    } else {
      if (stack.push(element) > depthLimit) return undefined;
      current = element;
      at++;
    }
  }
}

/** Reads attributes up to `>` or `/`, and gives the index of that; -1 where they are not regular. */
function readAttributes(text: string, from: number, element: XmlElement, hasEntities: boolean): number {
  let at = from;
  for (;;) {
    const blanksFrom = at;
    while (isBlank(text.charCodeAt(at))) at++;
    const code = text.charCodeAt(at);
    if (code === GREATER || code === SLASH) return at;
    if (at === blanksFrom) return -1;
    const nameEnd = endOfName(text, at);
    if (nameEnd === at || text.charCodeAt(nameEnd) !== EQUALS) return -1;
    const name = text.slice(at, nameEnd);
    const quote = text.charCodeAt(nameEnd + 1);
    if (quote !== SINGLE_QUOTE && quote !== DOUBLE_QUOTE) return -1;
    const end = text.indexOf(quote === SINGLE_QUOTE ? "'" : '"', nameEnd + 2);
    if (end < 0) return -1;
    let value: string | undefined = text.slice(nameEnd + 2, end);
    if (/[<\t\n]/.test(value)) return -1;
    if (hasEntities) value = decodeText(value);
    if (value === undefined) return -1;
    // A list made by pushing would have room for 16, in each of an event's many elements.
    if (!element.attributes) element.attributes = [name, value];
    else {
      for (let seen = 0; seen < element.attributes.length; seen += 2) {
        if (element.attributes[seen] === name) return -1;
      }
      element.attributes.push(name, value);
    }
    at = end + 1;
  }
}

const isAllBlank = (text: string) => /^[ \t\n]*$/.test(text);

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09;
}

/** End of a name of ASCII letters, digits, `_`, `-` and `.`; `from` where there is none. */
function endOfName(text: string, from: number): number {
  let at = from;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    const isLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
    if (isLetter) continue;
    if (at > from && ((code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e)) continue;
    return at;
  }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
const reference = /&(?:(lt|gt|amp|apos|quot)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));/g;

/** A text with its references replaced; undefined where there is an ampersand that is none of the known ones. */
function decodeText(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let isRegular = true;
  let known = 0;
  const decoded = text.replace(reference, (_all, name?: string, decimal?: string, hex?: string) => {
    known++;
    if (name !== undefined) return entities[name] as string;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    if (!isCharacter(code)) isRegular = false;
    return isRegular ? String.fromCodePoint(code) : '';
  });
  let ampersands = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) ampersands++;
  return isRegular && known === ampersands ? decoded : undefined;
}

/** XML 1.0 section 2.2, production Char. */
function isCharacter(code: number): boolean {
  return (
    code === 0x09 ||
    code === 0x0a ||
    code === 0x0d ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
