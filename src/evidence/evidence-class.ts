import type { EventClass } from '../events/event-class.ts';
import { joinSql, type Sql, sql, textLiteral } from '../store/sql.ts';

/** What a process did or what was done to it, as evidence is kept and counted. */
export type EvidenceClass =
  | 'start'
  | 'end'
  | 'child'
  | 'file-created'
  | 'file-executable'
  | 'file-deleted'
  | 'file-time-changed'
  | 'file-stream'
  | 'file-blocked'
  | 'file-access'
  | 'registry'
  | 'network'
  | 'dns'
  | 'pipe'
  | 'module'
  | 'driver'
  | 'thread-made'
  | 'thread-received'
  | 'access-made'
  | 'access-received'
  | 'raw-access'
  | 'tampering'
  | 'script'
  | 'wmi'
  | 'clipboard'
  | 'service'
  | 'scheduled-task'
  | 'privilege'
  | 'logon'
  | 'account'
  | 'object-access'
  | 'other'
  | 'other-received';

/**
 * How an event speaks of a process: as the one that acted, the one that was acted on, the parent of the one that started;
 * or not at all, naming only the user (`user`).
 */
export type EvidenceSide = 'actor' | 'target' | 'parent' | 'user';

/** Events that belong to a class. A selector with a product and its event codes goes before one without. */
interface EventSelector {
  readonly side: EvidenceSide;
  readonly eventClass: EventClass;
  readonly product?: string;
  readonly codes?: readonly string[];
}

export interface EvidenceClassDefinition {
  /** For headings: what the events are. */
  readonly label: string;
  readonly selectors: readonly EventSelector[];
  /** Why no event of this class can be hung on a process, where that is so. */
  readonly namesNoProcess?: string;
}

function by(side: EvidenceSide, ...eventClasses: readonly EventClass[]): readonly EventSelector[] {
  return eventClasses.map((eventClass) => ({ side, eventClass }));
}

function sysmon(eventClass: EventClass, ...codes: readonly string[]): EventSelector {
  return { side: 'actor', eventClass, product: 'sysmon', codes };
}

function security(eventClass: EventClass, ...codes: readonly string[]): EventSelector {
  return { side: 'actor', eventClass, product: 'windows-security', codes };
}

/**
 * The classes in the order in which they are shown. What a product's events are is told by their event class; codes single
 * out those of which an event class has several kinds (Sysmon 27 to 29, Security events of class `other`).
 */
export const evidenceClasses: Readonly<Record<EvidenceClass, EvidenceClassDefinition>> = {
  start: { label: 'its own start', selectors: by('actor', 'process-start') },
  end: { label: 'its own end', selectors: by('actor', 'process-end') },
  child: { label: 'processes started', selectors: by('parent', 'process-start') },
  'file-created': { label: 'files created or overwritten', selectors: by('actor', 'file-create') },
  'file-executable': { label: 'executable files written', selectors: [sysmon('file-create', '29')] },
  'file-deleted': { label: 'files deleted', selectors: by('actor', 'file-delete') },
  'file-time-changed': { label: 'file creation times changed', selectors: by('actor', 'file-time-change') },
  'file-stream': { label: 'file streams written', selectors: by('actor', 'file-stream') },
  'file-blocked': {
    label: 'file operations blocked by the sensor',
    selectors: [sysmon('file-create', '27'), sysmon('file-delete', '28')],
  },
  'file-access': { label: 'audited file accesses', selectors: by('actor', 'file-access') },
  registry: { label: 'registry changes', selectors: by('actor', 'registry') },
  network: { label: 'network connections', selectors: by('actor', 'network') },
  dns: { label: 'names looked up', selectors: by('actor', 'dns') },
  pipe: { label: 'pipes created or connected', selectors: by('actor', 'pipe') },
  module: { label: 'modules loaded', selectors: by('actor', 'module-load') },
  driver: {
    label: 'drivers loaded',
    selectors: by('actor', 'driver-load'),
    namesNoProcess: 'the kernel loads drivers; the events name no process',
  },
  'thread-made': { label: 'threads started in other processes', selectors: by('actor', 'remote-thread') },
  'thread-received': { label: 'threads that others started in it', selectors: by('target', 'remote-thread') },
  'access-made': { label: 'processes opened', selectors: by('actor', 'process-access') },
  'access-received': { label: 'opened by other processes', selectors: by('target', 'process-access') },
  'raw-access': { label: 'raw reads of volumes', selectors: by('actor', 'raw-access') },
  tampering: { label: 'tampering with its image', selectors: by('actor', 'process-tampering') },
  script: { label: 'scripts run', selectors: by('actor', 'script') },
  wmi: { label: 'WMI subscriptions', selectors: [...by('actor', 'wmi'), ...by('user', 'wmi')] },
  clipboard: { label: 'clipboard changes', selectors: by('actor', 'clipboard') },
  service: { label: 'services installed', selectors: by('actor', 'service') },
  'scheduled-task': { label: 'scheduled tasks changed', selectors: by('actor', 'scheduled-task') },
  privilege: {
    label: 'privileges and tokens used',
    selectors: [security('other', '4673', '4674', '4696', '4703')],
  },
  logon: { label: 'logons that it handled', selectors: by('actor', 'logon') },
  account: { label: 'accounts looked up or changed', selectors: by('actor', 'account') },
  'object-access': {
    label: 'other audited objects',
    selectors: [security('other', '4656', '4658', '4660', '4661', '4662', '4663', '4670', '4690')],
  },
  other: { label: 'other events that name it', selectors: [] },
  'other-received': { label: 'other events that reached it', selectors: [] },
};

/** All classes in the order in which they are shown. */
export const evidenceClassNames = Object.keys(evidenceClasses) as readonly EvidenceClass[];

export function isEvidenceClass(text: string): text is EvidenceClass {
  return Object.hasOwn(evidenceClasses, text);
}

/** The classes of events that tell of a class of evidence; what coverage is asked for. Empty for the remainders. */
export function eventClassesOf(evidenceClass: EvidenceClass): readonly EventClass[] {
  return [...new Set(evidenceClasses[evidenceClass].selectors.map(({ eventClass }) => eventClass))];
}

/** What is left of a side when no selector takes it; undefined: such events are no evidence. */
const remainders: Readonly<Record<EvidenceSide, EvidenceClass | undefined>> = {
  actor: 'other',
  target: 'other-received',
  parent: undefined,
  user: undefined,
};

interface SideSelector extends EventSelector {
  readonly evidenceClass: EvidenceClass;
}

function selectorsOf(side: EvidenceSide): readonly SideSelector[] {
  const all = evidenceClassNames.flatMap((evidenceClass) =>
    evidenceClasses[evidenceClass].selectors
      .filter((selector) => selector.side === side)
      .map((selector) => ({ ...selector, evidenceClass })),
  );
  return [...all.filter(({ codes }) => codes), ...all.filter(({ codes }) => !codes)];
}

/** Whether any event of a class speaks of a process from this side. */
export function hasSide(evidenceClass: EvidenceClass, side: EvidenceSide): boolean {
  return (
    remainders[side] === evidenceClass ||
    evidenceClasses[evidenceClass].selectors.some((selector) => selector.side === side)
  );
}

/** The class of an event seen from a side: what `evidenceClassSql` says, for an event at hand. */
export function evidenceClassOf(
  side: EvidenceSide,
  event: { readonly product: string; readonly eventClass: string; readonly eventCode: string | undefined },
): EvidenceClass | undefined {
  const found = selectorsOf(side).find(
    ({ eventClass, product, codes }) =>
      eventClass === event.eventClass &&
      (product === undefined || product === event.product) &&
      (codes === undefined || codes.includes(event.eventCode ?? '')),
  );
  return found?.evidenceClass ?? remainders[side];
}

function literals(texts: readonly string[]): Sql {
  return joinSql(texts.map(textLiteral), sql`, `);
}

function codesSql({ side, eventClass, product = '', codes = [] }: EventSelector): Sql {
  return sql`side = ${textLiteral(side)} AND _event_class = ${textLiteral(eventClass)} AND _product = ${textLiteral(product)} AND event_code IN (${literals(codes)})`;
}

/**
 * The class of an event seen from a side, as SQL over a relation with the columns `side`, `_event_class`, `_product` and
 * `event_code`; empty text where it is no evidence.
 */
export function evidenceClassSql(): Sql {
  const sides = Object.keys(remainders) as readonly EvidenceSide[];
  const selectors = sides.flatMap(selectorsOf);
  const special = selectors
    .filter(({ codes }) => codes)
    .map((each) => sql`${codesSql(each)}, ${textLiteral(each.evidenceClass)}, `);
  const plain = selectors.filter(({ codes }) => !codes);
  const rest = sides.map((side) => [textLiteral(side), textLiteral(remainders[side] ?? '')] as const);
  return sql`multiIf(${joinSql(special, sql``)}transform(concat(side, ' ', _event_class),
  [${literals(plain.map(({ side, eventClass }) => `${side} ${eventClass}`))}], [${literals(plain.map(({ evidenceClass }) => evidenceClass))}],
  transform(side, [${list(rest.map(([side]) => side))}], [${list(rest.map(([, name]) => name))}], '')))`;
}

function list(pieces: readonly Sql[]): Sql {
  return joinSql(pieces, sql`, `);
}

/** A condition on the table of events that holds for all events that this side can have; narrows what is read. */
export function sideSql(side: EvidenceSide): Sql {
  if (remainders[side] === 'other') return sql`1`;
  if (side === 'target')
    return sql`(_event_class IN ('process-access', 'remote-thread') OR ifNull(EventCode, '') IN ('4690', '4696'))`;
  return sql`_event_class IN (${literals([...new Set(selectorsOf(side).map(({ eventClass }) => eventClass))])})`;
}
