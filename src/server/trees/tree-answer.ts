import { formatTicks, type Ticks } from '../../core/ticks.ts';
import type { Lateness } from '../../coverage/ledger.ts';
import { classFacts } from '../../views/class-facts.ts';
import { type Clock, isoOrNull } from '../../views/reason-view.ts';
import type { TreeSelection } from '../../views/select-tree.ts';
import { treeColumns, treeCounts } from '../../views/selected-tree.ts';
import { settlingOf } from '../../views/settling.ts';
import { coverageLines } from '../../views/tree-coverage.ts';
import type { LatenessMessage, Tree, TreeFacts } from '../contracts/tree.ts';
import type { NamedHost } from './host-trees.ts';
import type { OpenTree } from './open-tree.ts';

/** Positions of what was asked for that are listed. */
const mostMatched = 1_000;

/** The answer of `GET /api/tree`. `now` is the server's clock. */
export function treeAnswer(open: OpenTree, host: NamedHost, now: Ticks, clock: Clock): Tree {
  const { key, knowledge, selection, tree } = open;
  const { lineage, columns, asOf, scope } = knowledge;
  const { order, family } = tree;
  const view = treeColumns(tree, columns);
  const matched: number[] = [];
  for (let position = 0; position < order.indexes.length && matched.length < mostMatched; position++)
    if (view.columns.matched[position] === 1) matched.push(position);
  return {
    key,
    host: knowledge.host,
    calledBy: host.calledBy ?? null,
    alike: [...host.alike],
    asof: isoOrNull(asOf),
    now: formatTicks(now),
    arrived: isoOrNull(scope.arrived),
    selection: { kind: selection.kind, text: selectionText(selection) },
    matched,
    matchedTotal: family.matched.size,
    size: order.indexes.length,
    total: lineage.size,
    base: formatTicks(columns.base),
    ...view,
    facts: treeFacts(open, now, clock),
  };
}

function selectionText(selection: TreeSelection): string | null {
  switch (selection.kind) {
    case 'all':
      return null;
    case 'text':
      return selection.text;
    case 'pid':
      return String(selection.pid);
    case 'guid':
      return selection.guid;
    case 'id':
    case 'focus':
      return selection.id;
    case 'around':
      return formatTicks(selection.at);
  }
}

function treeFacts({ knowledge, tree }: OpenTree, now: Ticks, clock: Clock): TreeFacts {
  const { host, lineage, columns, ledger, hostLedger, scope, asOf } = knowledge;
  const { grades, flagged } = treeCounts(tree, lineage, columns);
  const classes = classFacts(ledger, host, { from: firstStart(knowledge, tree), to: asOf ?? null }, clock);
  const settling = settlingOf(hostLedger, tree.family, asOf ?? now, clock);
  return {
    grades,
    flagged,
    doubtful: grades.probable + grades.ambiguous + grades.claimed,
    span: { first: isoOrNull(scope.first), last: isoOrNull(scope.last) },
    scanned: { events: scope.events, starts: scope.starts, ends: scope.ends },
    coverage: {
      lines: [...coverageLines(hostLedger, clock)],
      certain: classes.filter(({ certain }) => certain).length,
      of: classes.length,
      classes,
    },
    settling: {
      is: settling.is,
      since: isoOrNull(settling.since),
      reasons: settling.reasons,
      lateness: latenessMessage(settling.lateness),
    },
  };
}

/** Since when the tree goes; null where it is the whole host. */
function firstStart({ lineage }: OpenTree['knowledge'], { order, family }: OpenTree['tree']): Ticks | null {
  if (family.size === lineage.size) return null;
  let first: Ticks | null = null;
  for (const index of order.indexes) {
    const { start, basis } = lineage.outline(index);
    if (basis === 'started' && start !== undefined && (first === null || start < first)) first = start;
  }
  return first;
}

export function latenessMessage(lateness: Lateness): LatenessMessage {
  if (lateness.kind !== 'measured') return { kind: lateness.kind };
  const { median: p50, p95, p99, most } = lateness;
  return { kind: 'measured', p50, p95, p99, most };
}
