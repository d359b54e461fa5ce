import { type Fields, firstText } from './fields.ts';
import { accountDomain, accountName } from './values/account-name.ts';
import { fileName, withoutStream } from './values/file-name.ts';
import { isNullText } from './values/null-value.ts';
import { plainGuid } from './values/plain-guid.ts';
import { decimalProcessId } from './values/process-number.ts';

/** No process has the id 0: it stands for none (a logon over the network) or for the idle loop. */
function actingProcessId(text: string): string | undefined {
  const id = decimalProcessId(text);
  return id === '0' ? undefined : id;
}

/** How a recorded text becomes a normalised one. Undefined: it says nothing. */
const transforms = {
  text: (text: string) => text,
  lower: (text: string) => text.toLowerCase(),
  'file-name': fileName,
  'without-stream': withoutStream,
  guid: plainGuid,
  'process-id': actingProcessId,
  account: accountName,
  domain: accountDomain,
  'logon-id': (text: string) => (/^0x0+$/i.test(text) ? undefined : text),
} as const satisfies Record<string, (text: string) => string | undefined>;

export type Transform = keyof typeof transforms;

/**
 * One normalised field: what it is made from. A rule whose source is absent or says "nothing" makes no field. `otherwise`
 * rules come after others for the same field and apply where those made none.
 */
export interface CimRule {
  readonly to: string;
  readonly from: string;
  readonly as: Transform;
  readonly otherwise?: boolean;
}

/** Shorthand for tables of rules. */
export function rule(to: string, from: string, as: Transform = 'text'): CimRule {
  return { to, from, as };
}

/** A rule that applies where the rules before it made no such field. */
export function otherwise(to: string, from: string, as: Transform = 'text'): CimRule {
  return { to, from, as, otherwise: true };
}

/** Adds the normalised fields to an event's fields. Of several values the first is taken. */
export function applyRules(fields: Fields, rules: readonly CimRule[]): void {
  for (let at = 0; at < rules.length; at++) {
    const { to, from, as, otherwise } = rules[at] as CimRule;
    const recorded = firstText(fields[from]);
    if (recorded === undefined || (otherwise && fields[to] !== undefined) || isNullText(recorded)) continue;
    const made = transforms[as](recorded);
    if (made !== undefined && made !== '') fields[to] = made;
  }
}
