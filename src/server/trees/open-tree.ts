import type { NaiveMethod } from '../../lineage/naive-lineage.ts';
import { matchProcesses } from '../../lineage/select-family.ts';
import { naiveViewOf } from '../../views/family-view.ts';
import { countOf } from '../../views/quantity-text.ts';
import { isoOrNull } from '../../views/reason-view.ts';
import { selectTree, type TreeSelection } from '../../views/select-tree.ts';
import { type SelectedTree, selectedTree } from '../../views/selected-tree.ts';
import { ApiFailure } from '../api-failure.ts';
import type { HostKnowledge } from './host-knowledge.ts';
import type { HostTrees } from './host-trees.ts';
import { readTreeKey, writeTreeKey } from './tree-key.ts';

/** A tree that requests name by its key. */
export interface OpenTree {
  readonly key: string;
  readonly knowledge: HostKnowledge;
  readonly selection: TreeSelection;
  readonly tree: SelectedTree;
}

/** Trees of one host that are kept in their order. */
const mostKept = 16;

const kept = new WeakMap<HostKnowledge, Map<string, SelectedTree>>();

/** A part of what is known of a host; fails with `ApiFailure` where it is of no process. */
export function openTree(knowledge: HostKnowledge, selection: TreeSelection, naive?: NaiveMethod): OpenTree {
  const { host, asOf, scope } = knowledge;
  const key = writeTreeKey({
    host,
    asOf,
    events: scope.events,
    arrived: scope.arrived ?? 0n,
    selection,
    naive,
  });
  const trees = kept.get(knowledge) ?? new Map<string, SelectedTree>();
  kept.set(knowledge, trees);
  let tree = trees.get(key);
  if (tree === undefined) {
    tree = select(knowledge, selection, naive);
    const [oldest] = trees.keys();
    if (trees.size >= mostKept && oldest !== undefined) trees.delete(oldest);
    trees.set(key, tree);
  }
  return { key, knowledge, selection, tree };
}

/** The tree that a key names; fails with `ApiFailure` where it can no longer be made. */
export async function treeOfKey(trees: HostTrees, key: string): Promise<OpenTree> {
  const { host, asOf, events, arrived, selection, naive } = readTreeKey(key);
  const knowledge = await trees.readPinned(host, asOf, events, arrived);
  if (knowledge === undefined)
    throw new ApiFailure(
      409,
      'tree-changed',
      'Events have come to this host that belong before what the tree shows.',
      {
        hint: 'Ask for the tree again.',
      },
    );
  return { ...openTree(knowledge, selection, naive), key };
}

function select(
  knowledge: HostKnowledge,
  selection: TreeSelection,
  naive: NaiveMethod | undefined,
): SelectedTree {
  const { lineage, columns } = knowledge;
  const family = selectTree(lineage, selection);
  if (family === undefined) throw noSuchProcess(knowledge, selection);
  if (naive === undefined) return selectedTree(family, columns, undefined);
  const query = isPlain(selection) ? selection : undefined;
  const matched = query ? matchProcesses(lineage, query) : [...family.matched];
  const view = naiveViewOf(lineage, naive, matched, query ?? { kind: 'text', text: '' });
  return selectedTree(view.family, columns, naive);
}

function isPlain(
  selection: TreeSelection,
): selection is Exclude<TreeSelection, { readonly kind: 'id' | 'focus' | 'around' }> {
  return selection.kind !== 'id' && selection.kind !== 'focus' && selection.kind !== 'around';
}

const wordings: {
  readonly [Kind in TreeSelection['kind']]: (selection: Extract<TreeSelection, { kind: Kind }>) => string;
} = {
  all: () => 'There is no process',
  text: ({ text }) => `No program path or command line has the text ${text}`,
  pid: ({ pid, at }) => `No process had the id ${pid}${at === undefined ? '' : ' at that time'}`,
  guid: ({ guid }) => `No process has the GUID ${guid}`,
  id: ({ id }) => `No process is called ${id}`,
  focus: ({ id }) => `No process is called ${id}`,
  around: ({ minutes }) => `No process started or ended within ${minutes} minutes of that moment`,
};

/** A host of the store has events, so that there are none only as of a moment. */
const nothingArrived =
  'No event of this host had arrived by then. Events from files arrive when they are ingested, unless --arrival says where it is recorded.';

function noSuchProcess({ host, scope }: HostKnowledge, selection: TreeSelection): ApiFailure {
  const wording = wordings[selection.kind] as (selection: TreeSelection) => string;
  const span = scope.first === null ? '' : `, from ${isoOrNull(scope.first)} to ${isoOrNull(scope.last)}`;
  const scanned = `Scanned ${countOf(scope.starts, 'process start')} and ${countOf(scope.ends, 'process end')} among ${countOf(scope.events, 'event')}${span}.`;
  return new ApiFailure(404, 'process-unknown', `${wording(selection)} on ${host}.`, {
    hint: scope.events === 0 ? nothingArrived : scanned,
    values: { host, starts: scope.starts, ends: scope.ends, events: scope.events },
  });
}
