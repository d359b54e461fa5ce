import type { ReasonMessage } from '../../../src/server/contracts/reason.ts';

/** A reason in Japanese; `undefined` where there is no wording for its code. */
export function japaneseReason(reason: ReasonMessage, _zone: string): string | undefined {
  return wordings[reason.code]?.(reason.values ?? {});
}

type Values = NonNullable<ReasonMessage['values']>;

const wordings: Readonly<Record<string, (values: Values) => string>> = {};
