import { TICKS_PER_SECOND } from '../../core/ticks.ts';
import { sql } from '../../store/sql.ts';
import { asText, asTime, nothing } from '../coerce.ts';
import { diagnose } from '../diagnostics.ts';
import { formatTimeSql } from '../time-format-sql.ts';
import { parseModifierSteps } from '../time-modifier.ts';
import { modifierSql } from '../time-modifier-sql.ts';
import { parseTimeSql } from '../time-parse-sql.ts';
import type { EvalFunction } from './eval-function.ts';

export const now: EvalFunction = {
  name: 'now',
  category: 'time',
  minimum: 0,
  maximum: 0,
  signature: 'now()',
  summary: 'When the search started, in whole seconds since 1970.',
  compile: ({ context }) => ({
    sql: context.parameters.bind(Number(context.now / TICKS_PER_SECOND), 'Float64'),
    type: 'number',
    notNull: true,
  }),
};

export const time: EvalFunction = {
  name: 'time',
  category: 'time',
  minimum: 0,
  maximum: 0,
  signature: 'time()',
  summary: 'The present time, with a fraction, in seconds since 1970.',
  compile: () => ({ sql: sql`toFloat64(now64(6))`, type: 'number', notNull: true }),
};

export const relativeTime: EvalFunction = {
  name: 'relative_time',
  category: 'time',
  minimum: 2,
  maximum: 2,
  signature: 'relative_time(time, "modifier")',
  summary: 'The time moved and snapped as a time modifier says: relative_time(now(), "-1d@d").',
  roles: ['number', 'literal'],
  compile: (call) => {
    const modifier = call.text(1);
    if (modifier === undefined) return nothing('time');
    const steps = parseModifierSteps(modifier);
    if (!steps) {
      const span = call.call.args[1]?.span ?? call.call.span;
      call.context.report(diagnose('bad-time-modifier', { name: 'relative_time', value: modifier }, span));
      return nothing('time');
    }
    const zone = call.context.parameters.bind(call.context.timezone, 'String');
    return { sql: modifierSql(steps, asTime(call.argument(0)), zone), type: 'time' };
  },
};

export const formatTime: EvalFunction = {
  name: 'strftime',
  category: 'time',
  minimum: 2,
  maximum: 2,
  signature: 'strftime(time, "format")',
  summary: 'The time written by a format: strftime(_time, "%Y-%m-%d %H:%M:%S").',
  roles: ['number', 'literal'],
  compile: (call) => {
    const format = call.text(1);
    if (format === undefined) return nothing();
    const { timezone, now: started, parameters } = call.context;
    const written = formatTimeSql(asTime(call.argument(0)), format, timezone, started, parameters);
    return { sql: written, type: 'text' };
  },
};

export const parseTime: EvalFunction = {
  name: 'strptime',
  category: 'time',
  minimum: 2,
  maximum: 2,
  signature: 'strptime(text, "format")',
  summary: 'The time that a text names by a format; null where it does not fit.',
  roles: ['value', 'literal'],
  compile: (call) => {
    const format = call.text(1);
    if (format === undefined) return nothing('time');
    const { timezone, now: started, parameters } = call.context;
    const read = parseTimeSql(asText(call.argument(0)), format, timezone, started, parameters);
    return { sql: read, type: 'time' };
  },
};
