import type { ParameterValue } from '../sql.ts';

/** Bound values as the engine's library takes them: it refuses numbers that JSON could not carry, but not their text. */
export function boundValues(
  parameters: Readonly<Record<string, ParameterValue>>,
): Readonly<Record<string, ParameterValue>> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'number' && !Number.isSafeInteger(value) ? numberText(value) : value,
    ]),
  );
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  return value === Number.NEGATIVE_INFINITY ? '-inf' : String(value);
}
