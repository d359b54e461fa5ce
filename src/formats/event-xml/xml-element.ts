/** An element of one event's XML. */
export interface XmlElement {
  /** Without its namespace prefix. */
  readonly name: string;
  /** Names and values by turns; undefined where there are none. */
  attributes: string[] | undefined;
  /** Undefined where there are none. */
  children: XmlElement[] | undefined;
  /** The text directly within, entities replaced. */
  text: string;
}

/** A name without its namespace prefix. */
export function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  const { attributes } = element ?? {};
  if (!attributes) return undefined;
  for (let at = 0; at < attributes.length; at += 2) if (attributes[at] === name) return attributes[at + 1];
  return undefined;
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children?.find((inner) => inner.name === name);
}
