import type { ChosenTime } from '../chosen-time.ts';
import { timeOfLine } from '../generic/generic-time.ts';
import type { MappingContext } from '../product.ts';
import type { LogLine } from './log-line.ts';

/** The time that the envelope of a line has: an export's, the syslog header's, or else the arrival. */
export function envelopeTime({ record, syslog }: LogLine, context: MappingContext): ChosenTime {
  const found = syslog === undefined ? undefined : timeOfLine(withoutPriority(record.raw), context);
  if (found === undefined) return { time: context.arrival, source: 'arrival' };
  return { time: found.time, source: `syslog header${found.source.slice('start of the line'.length)}` };
}

/** RFC 5424's header begins with a version, and stays whole; before any other date a priority only stands in the way. */
function withoutPriority(raw: string): string {
  return raw.replace(/^<\d{1,3}> ?(?=\d{4}-|[A-Z])/, '');
}
