import { TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import { type EvidenceClass, evidenceClasses } from '../../evidence/evidence-class.ts';
import { countEvidenceParts, type EvidenceAxis, evidenceAxis } from '../../evidence/evidence-parts.ts';
import { type EventDetails, readEventDetails } from '../../evidence/read-event-details.ts';
import { countEvidence, readEvidence } from '../../evidence/read-evidence.ts';
import { imageName } from '../../lineage/image-name.ts';
import type { Process } from '../../lineage/process.ts';
import { selectFamily } from '../../lineage/select-family.ts';
import { type ClassEvidenceView, classEvidence } from '../../views/class-evidence.ts';
import { slots } from '../../views/evidence-slots.ts';
import { flagViews } from '../../views/flag-view.ts';
import { identityView, mostSensors } from '../../views/identity-view.ts';
import { ancestorsOf, descendantsOf, parentView } from '../../views/parent-view.ts';
import { processBrief } from '../../views/process-brief.ts';
import { type Clock, isoOrNull } from '../../views/reason-view.ts';
import { settlingOf } from '../../views/settling.ts';
import { cutAt, unseenReasons } from '../../views/tree-row.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ProcessPanel } from '../contracts/process.ts';
import type { HostKnowledge } from './host-knowledge.ts';
import type { HostTrees } from './host-trees.ts';
import { serverNow } from './request-moment.ts';

/** Parts of the axis of a process's life. */
const axisParts = 60;

/** Events that speak of the process whose words are read. */
const mostRead = 40;
const mostChildren = 50;
const mostFiles = 50;
const longestCommandLine = 1 << 20;

/** The index of a process by its id; fails with `ApiFailure` where the host has none. */
export function indexOfProcess({ lineage, host }: HostKnowledge, id: string): number {
  const index = lineage.find(id);
  if (index !== undefined) return index;
  throw new ApiFailure(404, 'process-unknown', `No process on ${host} is called ${id}.`, {
    hint: 'Events that arrived since may have given it another name; look for it in the tree.',
    values: { host },
  });
}

/** Options by which evidence is read: nothing that arrived later than what is known. */
export function evidenceOptions({ arrived }: HostKnowledge) {
  return { byUser: true, ...(arrived === undefined ? {} : { asOf: arrived }) };
}

/** All that the panel shows of a process. */
export async function processPanel(
  trees: HostTrees,
  knowledge: HostKnowledge,
  id: string,
  clock: Clock,
): Promise<ProcessPanel> {
  const { store } = trees;
  const { lineage, ledger, hostLedger, asOf } = knowledge;
  const index = indexOfProcess(knowledge, id);
  const process = lineage.process(index);
  const options = evidenceOptions(knowledge);
  const axis = axisOf(knowledge, process);
  const [[counts = new Map()], parts, files, details] = await Promise.all([
    countEvidence(store, [process], options),
    countEvidenceParts(store, process, axis, options),
    readEvidence(store, [process], { ...options, classes: slots.files.counts, limit: mostFiles }),
    sensorEvents(trees, process),
  ]);
  const family = selectFamily(lineage, [index], { ancestors: false, descendants: false });
  const settling = settlingOf(hostLedger, family, asOf ?? serverNow(), clock);
  const classes = classEvidence(
    { ledger, process, asOf, axis, settlingSince: settling.since, clock },
    counts,
    parts,
  );
  const { image, commandLine } = process;
  return {
    id: process.id,
    host: knowledge.host,
    asof: isoOrNull(asOf),
    pid: process.pid ?? null,
    guid: process.guid ?? null,
    name: image === undefined ? '' : imageName(image),
    image: image ?? null,
    earlierImages: [...process.earlierImages],
    commandLine: commandLine === undefined ? null : cutAt(commandLine, longestCommandLine),
    user: process.user ?? null,
    integrityLevel: process.integrityLevel ?? null,
    logonId: process.logonId ?? null,
    start: isoOrNull(process.start),
    startFrom: process.startFrom ?? null,
    end: isoOrNull(process.end),
    basis: process.basis,
    unseen: unseenReasons(lineage, index),
    flags: flagViews(lineage, index),
    identity: {
      ...identityView(process, details),
      sensorsLeftOut: Math.max(0, process.seenBy.length - mostSensors),
    },
    parent: parentView(lineage, index),
    ancestors: ancestorsOf(lineage, index),
    children: childrenOf(knowledge, index),
    evidence: {
      axis: {
        from: isoOrNull(axis.from),
        to: isoOrNull(axis.from + axis.width * BigInt(axis.parts)),
        parts: axis.parts,
        partSeconds: Number(axis.width) / Number(TICKS_PER_SECOND),
      },
      classes,
      events: classes.reduce((sum, { count }) => sum + count, 0),
    },
    files: {
      first: files.events.map(({ evidenceClass, fields, time, id: eventId, summary }) => ({
        path: cutAt(pathOf(fields) ?? summary, 4_000).text,
        class: evidenceClass,
        label: evidenceClasses[evidenceClass].label,
        time: isoOrNull(time),
        eventId,
      })),
      total: fileCount(classes),
    },
  };
}

function fileCount(classes: readonly ClassEvidenceView[]): number {
  const ofFiles: ReadonlySet<EvidenceClass> = new Set(slots.files.counts);
  return classes.reduce((sum, each) => sum + (ofFiles.has(each.class) ? each.count : 0), 0);
}

/** The file that an event speaks of, as recorded. */
export function pathOf(fields: Readonly<Record<string, string | readonly string[]>>): string | undefined {
  for (const name of ['TargetFilename', 'file_path', 'ImageLoaded']) {
    const value = fields[name];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** The events of its start and end, or what its children say where nothing else speaks of it. */
async function sensorEvents({ store }: HostTrees, { seenBy }: Process): Promise<readonly EventDetails[]> {
  const some = seenBy.slice(0, mostRead);
  const details = await readEventDetails(store, some);
  return some.flatMap(({ id }) => details.get(id) ?? []);
}

/** Its life, as far as it is known: else from the first to the last event of the host. */
function axisOf({ scope, arrived }: HostKnowledge, { start, end, seenBy }: Process): EvidenceAxis {
  const first = start ?? scope.first ?? seenBy[0]?.time ?? 0n;
  const last: Ticks = end ?? scope.last ?? arrived ?? first;
  return evidenceAxis(first, last < first ? first : last, axisParts);
}

function childrenOf({ lineage, columns }: HostKnowledge, index: number): ProcessPanel['children'] {
  const children = lineage.children(index);
  const below = descendantsOf(lineage, index);
  return {
    count: children.length,
    descendants: below.length,
    flagged: below.filter((each) => (columns.flags[each] ?? 0) > 0).length,
    first: children.slice(0, mostChildren).map((child) => processBrief(lineage.process(child))),
  };
}
