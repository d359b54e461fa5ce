import { PstreeBuilder } from '../../lineage/pstree.ts';
import { pstreeLoss } from '../../lineage/pstree-loss.ts';
import type { Column } from '../../store/store.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import { cellText, cellValues } from './cell-text.ts';
import { need } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import type { Block, Operator, OperatorSurroundings } from './operator.ts';
import { columnOf, type Relation } from './relation.ts';

type PstreeStep = StepOf<'pstree'>;

/** `pstree`: reads all rows in their order and gives one row a tree. */
export const pstreeGenerator: Generator<PstreeStep> = {
  // `host` tells whether trees of several hosts were drawn into one.
  needs: (step) => need(readFields(step)),
  generate(step, input) {
    const names = [...new Set(readFields(step))];
    const columns = names.flatMap((name) => columnOf(input, name) ?? []);
    const edges: Relation = { ...input, columns, listed: true, rest: undefined };
    return { kind: 'operate', input: edges, operator: pstreeOperator(step) };
  },
};

function readFields(step: PstreeStep): string[] {
  return [step.parent, step.child, ...(step.detail === undefined ? [] : [step.detail]), ...step.by, 'host'];
}

function pstreeOperator(step: PstreeStep): Operator {
  return {
    title: `pstree parent=${step.parent} child=${step.child}`,
    columns: () => [
      ...step.by.map((name): Column => ({ name, type: 'text' })),
      { name: 'tree', type: 'multivalue' },
    ],
    run: (rows, input, surroundings) => trees(step, input, rows, surroundings),
  };
}

async function* trees(
  step: PstreeStep,
  columns: readonly Column[],
  rows: AsyncIterable<Block>,
  surroundings: OperatorSurroundings,
): AsyncGenerator<Block> {
  const builder = new PstreeBuilder({ spaces: step.spaces, method: step.method });
  const place = (name: string) => columns.findIndex((column) => column.name === name);
  const parent = place(step.parent);
  const child = place(step.child);
  const detail = step.detail === undefined ? undefined : place(step.detail);
  const host = place('host');
  const by = step.by.map(place);
  for await (const block of rows)
    for (const row of block) {
      const cell = (at: number) => row[at] ?? null;
      builder.add({
        parent: cellValues(cell(parent)),
        child: cellValues(cell(child)),
        host: cellText(cell(host)),
        ...(detail !== undefined && { detail: cellValues(cell(detail)) }),
        ...(by.length > 0 && { by: by.map((at) => cellText(cell(at))) }),
      });
    }
  for (const { by: values, trees: forest, warnings } of builder.forests()) {
    for (const { lines } of forest) {
      const tree = [...lines];
      if (tree.length > 0) yield [[...values, tree]];
    }
    for (const warning of warnings())
      surroundings.report(runDiagnostic('pstree-loss', pstreeLoss(warning), step.span));
  }
}
