import { formatTicks, type Ticks } from '../core/ticks.ts';
import type { Ledger } from '../coverage/ledger.ts';
import { lossEvidence } from '../coverage/loss-evidence.ts';
import { readLedger } from '../coverage/read-ledger.ts';
import { egressText } from '../egress/egress-text.ts';
import { egressView } from '../egress/egress-view.ts';
import { readEgress } from '../egress/read-egress.ts';
import { hostLineage } from '../lineage/host-lineage.ts';
import { readHostScope } from '../lineage/host-scope.ts';
import type { Lineage } from '../lineage/process.ts';
import { selectFamily } from '../lineage/select-family.ts';
import type { Store } from '../store/store.ts';
import { clockText } from '../views/clock-text.ts';
import { coverageText } from '../views/coverage-text.ts';
import { countText } from '../views/quantity-text.ts';
import { coverageLines } from '../views/tree-coverage.ts';
import { notCollectedLine, readFacts } from '../views/tree-facts.ts';
import { treeText } from '../views/tree-text.ts';
import type { ExportScope } from './export-scope.ts';
import type { ReportSection } from './report.ts';

/** Processes below which what they did is listed; of more the tree alone is drawn. */
const mostWithFacts = 5_000;

/** Destinations that are listed. */
const mostDestinations = 1_000;

/** The parts of the report: what it is of, then each host's tree with evidence and its connections, then the ledger. */
export async function* reportSections(
  store: Store,
  scope: ExportScope,
  events: number,
  timezone: string,
): AsyncGenerator<ReportSection> {
  const { hosts, earliest, latest, asOf, addresses } = scope;
  const clock = (moment: Ticks) => clockText(moment, timezone);
  yield {
    title: 'Scope',
    lines: [
      `hosts: ${hosts.join(', ')}`,
      `from ${formatTicks(earliest)} to before ${formatTicks(latest)}`,
      `as of ${formatTicks(asOf)}: what had arrived by then`,
      `events: ${countText(events)}, with records of proxies and networks of ${addresses.length === 0 ? 'no known address' : addresses.join(', ')}`,
      'Trees show the processes that ran in the window, with all of their ancestors.',
    ],
  };
  for (const host of hosts) {
    const ledger = await readLedger(store, { hosts: [host], asOf });
    const [hostLedger] = ledger.hosts;
    const loss = hostLedger && lossEvidence(hostLedger, asOf);
    const lineage = await hostLineage(store, host, { asOf, loss });
    yield {
      title: `Processes of ${host}`,
      lines: await treeLines(store, scope, { lineage, ledger, timezone }),
    };
    const egress = await readEgress(store, {
      host,
      earliest,
      latest,
      asOf,
      lineageOf: () => Promise.resolve(lineage),
    });
    yield {
      title: `Connections of ${host}`,
      lines: egressText(egressView(egress, { process: undefined, destination: undefined }), {
        clock,
        zone: timezone,
        limit: mostDestinations,
      }),
    };
  }
  const covered = await readLedger(store, { hosts, earliest, latest, asOf });
  yield { title: 'Coverage of the window', lines: coverageText(covered, timezone).split('\n') };
}

interface HostOfReport {
  readonly lineage: Lineage;
  /** Of this host alone. */
  readonly ledger: Ledger;
  readonly timezone: string;
}

async function treeLines(
  store: Store,
  { earliest, latest, asOf }: ExportScope,
  { lineage, ledger, timezone }: HostOfReport,
): Promise<Iterable<string>> {
  const { host } = lineage;
  const [hostLedger] = ledger.hosts;
  const matched = runningIn(lineage, earliest, latest);
  if (matched.length === 0) return ['no process is known to have run in the window'];
  const family = selectFamily(lineage, matched, { ancestors: true, descendants: false });
  const clock = (moment: Ticks) => clockText(moment, timezone);
  const withFacts = family.size <= mostWithFacts;
  const notCollected = withFacts ? notCollectedLine(ledger, host) : undefined;
  return treeText({
    family,
    scope: await readHostScope(store, host, asOf),
    calledBy: undefined,
    asOf,
    naive: undefined,
    facts: withFacts ? await readFacts(store, family, ledger, { asOf, clock }) : undefined,
    coverage: [
      ...coverageLines(hostLedger, clock),
      ...(notCollected === undefined ? [] : [notCollected]),
      ...(withFacts
        ? []
        : [`what ${countText(family.size)} processes did is not listed here: the files have it`]),
    ],
    timezone,
  });
}

/** Processes whose life, as far as it is known, meets the window. */
function runningIn(lineage: Lineage, earliest: Ticks, latest: Ticks): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < lineage.size; index++) {
    const { start, end } = lineage.outline(index);
    if ((start === undefined || start < latest) && (end === undefined || end >= earliest)) found.push(index);
  }
  return found;
}
