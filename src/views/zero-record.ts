import { formatTicks, type Ticks } from '../core/ticks.ts';
import type { FaultGroup } from '../coverage/ledger.ts';
import { readLedger } from '../coverage/read-ledger.ts';
import { isPattern } from '../spl/generate/field-pattern.ts';
import type { ZeroFacts } from '../spl/zero/explain-zero.ts';
import { mostHosts } from '../spl/zero/part-counts.ts';
import type { SpellingKind } from '../spl/zero/spellings.ts';
import type { Store } from '../store/store.ts';
import { coverageHoles, type HostHoles } from './coverage-holes.ts';

/** Why an answer has no rows, or few: plain data, the same for the API and the command line. Times are ISO 8601. */
export interface ZeroRecord {
  readonly search: string;
  readonly scope: {
    readonly events: number;
    readonly hosts: number;
    readonly first: string | null;
    readonly last: string | null;
    readonly faults: number;
    /** What the search itself asked for; empty and null are open. */
    readonly indexes: readonly string[];
    readonly earliest: string | null;
    readonly latest: string | null;
  };
  /** Events that meet all conditions of the first stage. */
  readonly matching: number;
  readonly conditions: readonly {
    readonly text: string;
    readonly alone: number;
    readonly upTo: number;
    readonly without: number;
    readonly looksFor: readonly {
      readonly text: string;
      readonly field: string | null;
      readonly alone: number;
      /** Events that have the field; null for a word. */
      readonly withField: number | null;
      readonly values: readonly string[];
    }[];
  }[];
  /** What the search would find without the conditions that match nothing, and with all other spellings. */
  readonly withoutUnmatched: number;
  readonly together: number;
  readonly spellings: readonly {
    readonly text: string;
    readonly kind: SpellingKind;
    readonly says: string;
    readonly alone: number;
    readonly more: number;
    /** A search that gives one of these events, or all of them. */
    readonly try: string;
  }[];
  readonly otherFields: readonly {
    readonly text: string;
    readonly field: string;
    readonly events: number;
    readonly sampled: boolean;
  }[];
  readonly fieldNames: readonly { readonly field: string; readonly like: readonly string[] }[];
  readonly elsewhere: {
    readonly events: number;
    readonly first: string | null;
    readonly last: string | null;
    readonly indexes: readonly string[];
  } | null;
  readonly stages: readonly {
    readonly text: string;
    readonly rows: number;
    readonly parts: readonly { readonly text: string; readonly rows: number }[];
  }[];
  readonly coverage: {
    readonly hosts: readonly HostHoles[];
    /** Whether there are more hosts in the scope than were looked at. */
    readonly moreHosts: boolean;
  };
  readonly faults: readonly FaultGroup[];
  /** Limits that cut something, and what could not be looked at. */
  readonly limits: readonly string[];
}

/** What each spelling is, as part of a sentence. */
export const spellingTexts: Readonly<Record<SpellingKind, string>> = {
  inside: 'within longer words or values',
  width: 'in another width or Unicode form',
  separators: 'with other path separators',
  percent: 'in percent encoding',
  obfuscated: 'with carets, quotes or backticks between the letters',
  written: 'as XML, JSON or CSV writes it',
  utf16: 'as UTF-16',
  base64: 'as base64',
  decoded: 'within decoded base64',
};

/** Groups of faults that are listed. */
const mostFaults = 20;

/** Puts together what the search found out, what the ledger says of its hosts, and the limits that a run of it met. */
export async function zeroRecord(
  store: Store,
  facts: ZeroFacts,
  limits: readonly string[],
): Promise<ZeroRecord> {
  const { text, source, scope, counts, spellings } = facts;
  const written = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    text.slice(start, end);
  const hosts = counts.hosts.slice(0, mostHosts);
  const ledger = await readLedger(store, {
    ...(hosts.length > 0 && { hosts }),
    ...(source.indexes.length > 0 && !source.indexes.some(isPattern) && { indexes: source.indexes }),
    earliest: source.earliest,
    latest: source.latest,
  });
  const looked = ledger.hosts.slice(0, mostHosts);
  const faults = [...ledger.hosts.flatMap((host) => host.faults), ...ledger.faults];
  return {
    search: text,
    scope: {
      events: scope.events,
      hosts: scope.hosts,
      first: moment(scope.first),
      last: moment(scope.last),
      faults: scope.faults,
      indexes: source.indexes,
      earliest: moment(source.earliest),
      latest: moment(source.latest),
    },
    matching: counts.matching,
    conditions: counts.parts.map(({ part, alone, upTo, without, leaves }) => ({
      text: written(part.span),
      alone,
      upTo,
      without,
      looksFor: leaves.map(({ leaf, alone: ofLeaf, withField, values }) => ({
        text: written(leaf.span),
        field: leaf.field ?? null,
        alone: ofLeaf,
        withField: withField ?? null,
        values,
      })),
    })),
    withoutUnmatched: spellings.withoutUnmatched,
    together: spellings.together,
    spellings: spellings.spellings.map(({ leaf, kind, alone, more, example }) => ({
      text: written(leaf.span),
      kind,
      says: spellingTexts[kind],
      alone,
      more,
      try:
        kind === 'inside' && leaf.pattern !== undefined
          ? `${leaf.field === undefined ? '' : `${quotedName(leaf.field)}=`}${quoted(`*${leaf.pattern}*`)}`
          : `_id=${example}`,
    })),
    otherFields: facts.holders.map(({ leaf, field, events, sampled }) => ({
      text: written(leaf.span),
      field,
      events,
      sampled,
    })),
    fieldNames: facts.names,
    elsewhere:
      facts.elsewhere === undefined
        ? null
        : {
            ...facts.elsewhere,
            first: moment(facts.elsewhere.first),
            last: moment(facts.elsewhere.last),
          },
    stages: facts.steps.map(({ span, rows, parts }) => ({
      text: written(span),
      rows,
      parts: parts.map((part) => ({ text: written(part.span), rows: part.rows })),
    })),
    coverage: {
      hosts: looked.flatMap((host) => coverageHoles(host, source) ?? []),
      moreHosts: counts.hosts.length > mostHosts || ledger.hosts.length > mostHosts,
    },
    faults: uniqueFaults(faults).slice(0, mostFaults),
    limits: [...limits, ...facts.open],
  };
}

function moment(time: Ticks | null): string | null {
  return time === null ? null : formatTicks(time);
}

/** A text as the search command takes it. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replaceAll('**', '*')}"`;
}

function quotedName(name: string): string {
  return /^[\w.]+$/.test(name) ? name : quoted(name);
}

function uniqueFaults(faults: readonly FaultGroup[]): readonly FaultGroup[] {
  const found = new Map(faults.map((fault) => [`${fault.origin}\n${fault.code}`, fault]));
  return [...found.values()].sort((one, other) => other.faults - one.faults);
}
