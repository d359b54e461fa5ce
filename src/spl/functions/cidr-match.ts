import { sql } from '../../store/sql.ts';
import { anyValue, asText, nothing } from '../coerce.ts';
import { diagnose } from '../diagnostics.ts';
import { inIpRange, parseIpRange } from '../ip-range.ts';
import type { EvalFunction } from './eval-function.ts';

export const cidrMatch: EvalFunction = {
  name: 'cidrmatch',
  category: 'comparison',
  minimum: 2,
  maximum: 2,
  signature: 'cidrmatch("block", address)',
  summary: 'True if the address (IPv4 or IPv6) lies in the block.',
  roles: ['literal', 'value'],
  compile: (call) => {
    const block = call.text(0);
    const address = call.argument(1);
    if (block === undefined || address.nothing) return nothing('boolean');
    const range = parseIpRange(block.includes('/') ? block : `${block}/${block.includes(':') ? 128 : 32}`);
    if (!range) {
      const span = call.call.args[0]?.span ?? call.call.span;
      call.context.report(
        diagnose(
          'bad-option-value',
          { name: 'cidrmatch', found: block, expected: 'a block such as 10.0.0.0/8 or 2001:db8::/32' },
          span,
        ),
      );
      return nothing('boolean');
    }
    return {
      sql: anyValue(address, call.variable, (one) => {
        const text = asText(one);
        return sql`if(isNull(${text}), NULL, ${inIpRange(text, range, call.context.parameters)})`;
      }),
      type: 'boolean',
    };
  },
};
