import type { Template } from './template.ts';

/** A value of a template instance: rendered text, an array's texts, nested BinXML, or null. */
export type Value = string | null | readonly string[] | Fragment;

/** BinXML that stands for itself: an event's, or that of a value. */
export interface Fragment {
  readonly kind: 'fragment';
  readonly instances: readonly TemplateInstance[];
  /** The fragment's XML once it was rendered, so that a value named many times is rendered once. */
  xml: string | undefined;
}

/** A template with the values that fill it. What was written without a template has one of its own, and no values. */
export interface TemplateInstance {
  readonly template: Template;
  readonly values: readonly Value[];
  /** Offset in the chunk of the values' descriptors, 4 bytes each, with the values behind them. */
  readonly descriptors: number;
}

export function isFragment(value: Value | undefined): value is Fragment {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
