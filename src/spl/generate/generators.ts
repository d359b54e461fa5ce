import type { Step } from '../plan.ts';
import { aggregateGenerator } from './aggregate.ts';
import { binGenerator } from './bin.ts';
import { convertGenerator } from './convert.ts';
import { dedupGenerator } from './dedup.ts';
import { egressGenerator } from './egress-step.ts';
import { eventAggregateGenerator } from './event-aggregate.ts';
import { expandGenerator } from './expand.ts';
import { extendGenerator } from './extend.ts';
import { fillNullGenerator } from './fill-null.ts';
import { filterGenerator, searchGenerator } from './filter-steps.ts';
import type { Generator, StepOf } from './generator.ts';
import {
  headGenerator,
  headWhileGenerator,
  reverseGenerator,
  sortGenerator,
  tailGenerator,
} from './order-steps.ts';
import { pivotGenerator } from './pivot.ts';
import { processTreeGenerator } from './process-tree-step.ts';
import { projectGenerator } from './project.ts';
import { pstreeGenerator } from './pstree-step.ts';
import { extractGenerator, matchGenerator, substituteGenerator } from './regex-steps.ts';
import { relativesGenerator } from './relatives-step.ts';
import { renameGenerator } from './rename.ts';
import { runningAggregateGenerator } from './running-aggregate.ts';
import { topGenerator } from './top.ts';

/** How each kind of step becomes SQL. */
const generators: { readonly [K in Step['kind']]: Generator<StepOf<K>> } = {
  search: searchGenerator,
  filter: filterGenerator,
  extend: extendGenerator,
  extract: extractGenerator,
  substitute: substituteGenerator,
  match: matchGenerator,
  project: projectGenerator,
  rename: renameGenerator,
  sort: sortGenerator,
  reverse: reverseGenerator,
  head: headGenerator,
  'head-while': headWhileGenerator,
  tail: tailGenerator,
  dedup: dedupGenerator,
  top: topGenerator,
  aggregate: aggregateGenerator,
  'event-aggregate': eventAggregateGenerator,
  'running-aggregate': runningAggregateGenerator,
  bin: binGenerator,
  pivot: pivotGenerator,
  'fill-null': fillNullGenerator,
  expand: expandGenerator,
  convert: convertGenerator,
  pstree: pstreeGenerator,
  'process-tree': processTreeGenerator,
  relatives: relativesGenerator,
  egress: egressGenerator,
};

/** The generator of a step's kind. */
export function generatorOf(step: Step): Generator {
  // The table pairs each kind with the generator of that kind.
  return generators[step.kind] as Generator;
}
