/**
 * The XML of a template's definition, or of a fragment written out without a template, with the places where values go.
 * Texts are as they read, not escaped.
 */
export type XmlNode = TextNode | SubstitutionNode | EntityNode | ProcessingNode | ElementNode;

export interface TextNode {
  readonly kind: 'text';
  readonly text: string;
}

/** A place for value number `index` of the template instance. */
export interface SubstitutionNode {
  readonly kind: 'substitution';
  readonly index: number;
}

/** A reference to an entity that XML does not define; the five that it does are text. */
export interface EntityNode {
  readonly kind: 'entity';
  readonly name: string;
}

export interface ProcessingNode {
  readonly kind: 'processing';
  readonly target: string;
  readonly data: string;
}

export interface ElementNode {
  readonly kind: 'element';
  readonly name: string;
  /** The element is left out where this value is null. */
  readonly dependency: number | undefined;
  readonly attributes: readonly AttributeNode[];
  readonly children: readonly XmlNode[];
  /** Written as `<a/>`. */
  readonly selfClosed: boolean;
}

export interface AttributeNode {
  readonly name: string;
  readonly parts: readonly (TextNode | SubstitutionNode | EntityNode)[];
}
