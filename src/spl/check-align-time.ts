import type { LowerContext } from './command.ts';
import { diagnose } from './diagnostics.ts';
import type { BinOptions } from './plan.ts';
import { resolveTimeModifier } from './time-modifier.ts';

/** Reports an `aligntime` that is neither `earliest` nor `latest` nor a time. */
export function checkAlignTime(bin: BinOptions | undefined, context: LowerContext): void {
  const text = bin?.aligntime;
  if (text === undefined || text === 'earliest' || text === 'latest') return;
  if (resolveTimeModifier(text, context.now, context.timezone) === undefined)
    context.report(diagnose('bad-time-modifier', { name: 'aligntime', value: text }, context.span));
}
