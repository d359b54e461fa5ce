import { sameAccount, sameIntegrity } from './field-agreement.ts';
import { matchLineages } from './match-lineages.ts';
import type { Grade, Lineage, Process } from './process.ts';
import { defaultTolerance } from './tolerance.ts';

/** What of a process may change when more events arrive. */
export const comparedFields = [
  'basis',
  'image',
  'commandLine',
  'user',
  'pid',
  'guid',
  'start',
  'end',
  'integrityLevel',
] as const satisfies readonly (keyof Process)[];

export type ComparedField = (typeof comparedFields)[number];

/** What became of a process. Parents are indexes in the earlier and in the later lineage. */
export type Change =
  | { readonly kind: 'added' }
  | { readonly kind: 'removed' }
  | {
      readonly kind: 'changed';
      readonly field: ComparedField;
      readonly before: Process[ComparedField];
      readonly after: Process[ComparedField];
    }
  | { readonly kind: 're-linked'; readonly before: number | undefined; readonly after: number | undefined }
  | { readonly kind: 're-graded'; readonly before: Grade; readonly after: Grade };

/** A process that differs; `before` and `after` are its indexes in the two lineages. Never without a change. */
export interface ProcessDifference {
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly changes: readonly Change[];
}

/** Every process of one host that differs between two moments: first those that are there now, in order; then removed ones. */
export function differenceOf(earlier: Lineage, later: Lineage): readonly ProcessDifference[] {
  const match = matchLineages(earlier, later);
  const back = new Int32Array(later.size).fill(-1);
  for (const [before, after] of match.entries()) if (after >= 0) back[after] = before;
  const differences: ProcessDifference[] = [];
  for (let after = 0; after < later.size; after++) {
    const before = back[after] ?? -1;
    if (before < 0) {
      differences.push({ before: undefined, after, changes: [{ kind: 'added' }] });
      continue;
    }
    const changes = [...fieldChanges(earlier.process(before), later.process(after))];
    const parentBefore = earlier.parent(before);
    const parentAfter = later.parent(after);
    if ((parentBefore < 0 ? -1 : match[parentBefore]) !== parentAfter)
      changes.push({ kind: 're-linked', before: present(parentBefore), after: present(parentAfter) });
    const grades = { before: earlier.grade(before), after: later.grade(after) };
    if (grades.before !== grades.after) changes.push({ kind: 're-graded', ...grades });
    if (changes.length > 0) differences.push({ before, after, changes });
  }
  for (const [before, after] of match.entries())
    if (after < 0) differences.push({ before, after: undefined, changes: [{ kind: 'removed' }] });
  return differences;
}

function present(index: number): number | undefined {
  return index < 0 ? undefined : index;
}

function* fieldChanges(before: Process, after: Process): Generator<Change> {
  for (const field of comparedFields)
    if (!isSame(field, before[field], after[field]))
      yield { kind: 'changed', field, before: before[field], after: after[field] };
}

/** Another sensor's clock, or its way to write an account, is no change. */
function isSame(
  field: ComparedField,
  before: Process[ComparedField],
  after: Process[ComparedField],
): boolean {
  if (typeof before === 'bigint' && typeof after === 'bigint') {
    const apart = after - before;
    return (apart < 0n ? -apart : apart) <= defaultTolerance.acrossSensors;
  }
  if (typeof before === 'string' && typeof after === 'string') {
    if (field === 'user') return sameAccount(before, after);
    if (field === 'integrityLevel') return sameIntegrity(before, after);
  }
  return before === after;
}

/** How many processes have each kind of change. */
export function countChanges(
  differences: readonly ProcessDifference[],
): Readonly<Record<Change['kind'], number>> {
  const counts = { added: 0, removed: 0, changed: 0, 're-linked': 0, 're-graded': 0 };
  for (const { changes } of differences)
    for (const kind of new Set(changes.map((change) => change.kind))) counts[kind] += 1;
  return counts;
}
