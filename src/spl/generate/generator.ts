import type { RowSet } from '../../store/store.ts';
import type { Step } from '../plan.ts';
import type { Compilation, Question } from './compilation.ts';
import type { FieldNeed } from './field-need.ts';
import type { Operator } from './operator.ts';
import type { Relation } from './relation.ts';

/** A step that needs to know something of the rows before its SQL can be written. */
export interface Asked {
  readonly kind: 'question';
  readonly question: Question;
}

/** A step that SQL cannot do: the rows of the relation, in its order, go through the operator. */
export interface Operated {
  readonly kind: 'operate';
  readonly input: Relation;
  readonly operator: Operator;
}

/** A step whose rows are known: they follow from what was asked. */
export interface Given extends RowSet {
  readonly kind: 'rows';
  readonly timeOrder: Relation['timeOrder'];
}

export type Outcome = Relation | Asked | Operated | Given;

/** Where a step stands in the search. */
export interface StepPlace {
  readonly compilation: Compilation;
  /** Prefix of the keys of the step's questions. */
  readonly key: string;
}

/** How one kind of step becomes SQL. */
export interface Generator<S extends Step = Step> {
  /** What must be read so that the step and those after it can work; `after` is what those after it need. */
  needs(step: S, after: FieldNeed): FieldNeed;
  generate(step: S, input: Relation, place: StepPlace): Outcome;
}

export type StepOf<K extends Step['kind']> = Extract<Step, { readonly kind: K }>;
