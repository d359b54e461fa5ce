import type { Diagnostic } from '../core/diagnostic.ts';
import { formatTicks } from '../core/ticks.ts';
import { type HighlightToken, highlightTokens } from './highlight-tokens.ts';
import { type LowerOptions, lowerSearch } from './lower.ts';
import { type ParseOptions, parseSearch } from './parse.ts';
import type { Plan } from './plan.ts';
import { isSpanEntry } from './source-map.ts';

/** The forms of a search before SQL, as plain data for `keizu explain`. A form that faults prevent is absent. */
export interface ExplainedSyntax {
  readonly tokens: readonly HighlightToken[];
  /** With macros expanded; absent where there are none. */
  readonly expanded?: string;
  readonly tree?: unknown;
  readonly plan?: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

/** Every form of a search up to its plan. JSON can hold it all: times are ISO 8601, spans are left out of tree and plan. */
export function explainSyntax(text: string, options: ParseOptions & LowerOptions): ExplainedSyntax {
  const tokens = highlightTokens(text);
  const { search, diagnostics } = parseSearch(text, options);
  if (search === undefined) return { tokens, diagnostics };
  const lowered = lowerSearch(search, options);
  const { source, stages, expanded } = search;
  return {
    tokens,
    ...(expanded === text ? {} : { expanded }),
    tree: plain({ source, stages }),
    ...(lowered.plan === undefined ? {} : { plan: planData(lowered.plan) }),
    diagnostics: [...diagnostics, ...lowered.diagnostics],
  };
}

/** A plan as JSON can hold it, without spans. */
export function planData(plan: Plan): unknown {
  return plain(plan);
}

function plain(value: unknown): unknown {
  // The only large integers of tree and plan are moments.
  if (typeof value === 'bigint') return formatTicks(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, item]) => item !== undefined && !isSpanEntry(key, item));
  return Object.fromEntries(kept.map(([key, item]) => [key, plain(item)]));
}
