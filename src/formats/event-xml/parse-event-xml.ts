import { type Fault, type FaultCode, fault } from '../../core/fault.ts';
import { defaultReadLimits, type ReadLimits } from '../../core/limits.ts';
import type { WindowsEventRecord } from '../record.ts';
import { parseFullXml } from './full-xml.ts';
import { parseRegularXml } from './regular-xml.ts';
import { windowsEventOf } from './windows-event.ts';
import { child } from './xml-element.ts';

export interface EventXmlResult {
  /** Undefined where nothing of the event can be kept; then there is a fault. */
  readonly record: WindowsEventRecord | undefined;
  readonly faults: readonly Fault[];
}

/**
 * Reads one `<Event>` (the event schema of MS-EVEN6). `text` stands at `offset` in what was read, which the faults name.
 * An event that is not well-formed (a control character, a cut-off end) is kept as far as it goes, with a fault. A
 * DOCTYPE or an entity declaration is refused.
 */
export function parseEventXml(
  text: string,
  offset: number,
  limits: ReadLimits = defaultReadLimits,
): EventXmlResult {
  const regular = parseRegularXml(text, limits.recordDepth);
  if (regular && regular.name === 'Event' && child(regular, 'System')) {
    return { record: windowsEventOf(regular, text, offset), faults: [] };
  }
  const problem = (code: FaultCode, message: string) => fault(code, message, offset, Buffer.byteLength(text));
  const { root, errors, isDeeper, hasDoctype } = parseFullXml(text, limits.recordDepth);
  // A declaration where XML allows none is only an error to the parser; within CDATA it is text.
  if (hasDoctype || (errors.length > 0 && /<!(?:DOCTYPE|ENTITY)/i.test(text))) {
    return refused(problem('forbidden', 'an event with a DOCTYPE or an entity declaration'));
  }
  if (isDeeper) return refused(problem('too-deep', `XML nested more than ${limits.recordDepth} deep`));
  if (root?.name !== 'Event') return refused(problem('bad-structure', 'expected an <Event> element'));
  if (!child(root, 'System')) return refused(problem('bad-structure', 'an <Event> without <System>'));
  const record = windowsEventOf(root, text, offset);
  if (errors.length === 0) return { record, faults: [] };
  const code = errors.every((error) => error === 'disallowed character') ? 'bad-value' : 'bad-syntax';
  return { record, faults: [problem(code, `event XML that is not well-formed: ${errors.join('; ')}`)] };
}

function refused(problem: Fault): EventXmlResult {
  return { record: undefined, faults: [problem] };
}
