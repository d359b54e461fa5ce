import { identifier, type Parameters, type Sql } from '../store/sql.ts';

const counts = new WeakMap<Parameters, number>();

/** Gives names for lambdas' variables; no two of one statement (the one that has these parameters) are the same. */
export function lambdaVariable(parameters: Parameters): () => Sql {
  return () => {
    const count = (counts.get(parameters) ?? 0) + 1;
    counts.set(parameters, count);
    return identifier(`v$${count}`);
  };
}
