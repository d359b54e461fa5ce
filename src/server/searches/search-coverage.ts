import { formatTicks, type Ticks } from '../../core/ticks.ts';
import { overlaps } from '../../coverage/answer.ts';
import type { HostLedger } from '../../coverage/ledger.ts';
import { lossesOf } from '../../coverage/losses.ts';
import { folded } from '../../spl/fold-case.ts';
import type { EventsSource } from '../../spl/plan.ts';
import type { SearchExpression, SearchValue } from '../../spl/search-expression.ts';
import { settlesSince } from '../../views/settling.ts';
import type { SearchCoverage } from '../contracts/search.ts';

/** What is known to be missing from the hosts and the time that a search goes over. */
export function searchCoverage(
  ledgers: readonly HostLedger[],
  source: EventsSource,
  now: Ticks,
): SearchCoverage {
  const asked = { from: source.earliest, to: source.latest };
  const hosts = ledgers.filter(({ host }) => mayBeOf(source.test, host));
  const missing = { gaps: new Set<unknown>(), drops: new Set<unknown>(), clears: new Set<unknown>() };
  const affected = new Set<string>();
  for (const host of hosts)
    for (const channel of host.channels)
      for (const { eventClass } of channel.classes)
        for (const loss of lossesOf(host, channel, eventClass)) {
          if (!overlaps(loss, asked)) continue;
          if (loss.kind === 'gap') missing.gaps.add(loss.gap);
          else if (loss.kind === 'dropped') missing.drops.add(loss.drop);
          else if (loss.kind === 'cleared') missing.clears.add(`${host.host} ${channel.channel} ${loss.at}`);
          else continue;
          affected.add(host.host);
        }
  const since = settlesSince(hosts, now);
  return {
    hosts: [...affected].toSorted(),
    gaps: missing.gaps.size,
    drops: missing.drops.size,
    clears: missing.clears.size,
    settlingFrom: since === null ? null : formatTicks(since),
  };
}

/** Whether an event of a host can match: a search names hosts in front of its first pipe, or goes over all of them. */
function mayBeOf(test: SearchExpression | undefined, host: string): boolean {
  if (test === undefined) return true;
  switch (test.kind) {
    case 'and':
      return test.terms.every((term) => mayBeOf(term, host));
    case 'or':
      return test.terms.some((term) => mayBeOf(term, host));
    case 'comparison':
      return test.field !== 'host' || test.operator !== '=' || isLike(test.value, host);
    case 'membership':
      return test.field !== 'host' || test.values.some((value) => isLike(value, host));
    default:
      return true;
  }
}

/** Whether a literal with its wildcards is a host's name, in any letter case. */
function isLike({ text }: SearchValue, host: string): boolean {
  const pieces = folded(text).split('*');
  const name = folded(host);
  const [head = '', ...rest] = pieces;
  const tail = rest.pop();
  if (tail === undefined) return name === head;
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  let at = head.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > name.length - tail.length) return false;
    at = found + piece.length;
  }
  return true;
}
