import { evidenceClassOf } from '../../evidence/evidence-class.ts';
import { englishLine } from '../../evidence/evidence-phrase.ts';
import { readEventDetails } from '../../evidence/read-event-details.ts';
import { evidencePieces } from '../../evidence/summarise-event.ts';
import { Parameters, sql } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { processBrief } from '../../views/process-brief.ts';
import { isoOrNull } from '../../views/reason-view.ts';
import { cutAt } from '../../views/tree-row.ts';
import type { CaseView, Pin } from '../contracts/cases.ts';
import { saidMessage } from '../said-message.ts';
import type { HostTrees } from './host-trees.ts';

type Pinned = CaseView['items'][number]['pinned'];

const nothing: Pinned = { process: null, event: null };

const longestText = 2_000;

/** What pins are on, as the store has it now; by the pin's own words. */
export async function readPinned(trees: HostTrees, pins: readonly Pin[]): Promise<(pin: Pin) => Pinned> {
  const found = new Map<string, Pinned>();
  const hosts = new Set(pins.flatMap((pin) => (pin.kind === 'process' ? [pin.host] : [])));
  for (const host of hosts) {
    const lineage = await lineageOf(trees, host);
    for (const pin of pins) {
      if (pin.kind !== 'process' || pin.host !== host || !lineage) continue;
      const index = lineage.find(pin.processId);
      if (index === undefined) continue;
      const process = lineage.process(index);
      const { commandLine } = process;
      found.set(pinKey(pin), {
        process: {
          ...processBrief(process),
          host,
          commandLine: commandLine === undefined ? null : cutAt(commandLine, longestText).text,
        },
        event: null,
      });
    }
  }
  const ids = pins.flatMap((pin) => (pin.kind === 'event' ? [pin.eventId] : []));
  for (const [id, event] of await readEvents(trees.store, ids))
    found.set(pinKey({ kind: 'event', eventId: id }), { process: null, event });
  return (pin) => found.get(pinKey(pin)) ?? nothing;
}

function pinKey(pin: Pin): string {
  if (pin.kind === 'process') return `process ${pin.host}\n${pin.processId}`;
  return pin.kind === 'event' ? `event ${pin.eventId}` : pin.kind;
}

/** Undefined where the store has no such host any more. */
async function lineageOf(trees: HostTrees, host: string) {
  const scope = await trees.scope(host, undefined);
  return scope.events === 0 ? undefined : (await trees.read(host, undefined)).lineage;
}

async function readEvents(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<Pinned['event']>>> {
  const found = new Map<string, NonNullable<Pinned['event']>>();
  if (ids.length === 0) return found;
  const parameters = new Parameters();
  const wanted = parameters.bind([...new Set(ids)], 'Array(String)');
  const query = sql`SELECT lower(hex(_id)), _time FROM events
WHERE _id IN (SELECT CAST(unhex(arrayJoin(${wanted})) AS FixedString(16)))`;
  const references: { id: string; time: bigint }[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'id', type: 'text' },
    { name: 'time', type: 'time' },
  ]))
    for (const [id, time] of block) if (typeof time === 'bigint') references.push({ id: String(id), time });
  for (const { id, time, host, product, eventClass, fields } of (
    await readEventDetails(store, references)
  ).values()) {
    const eventCode = typeof fields.EventCode === 'string' ? fields.EventCode : undefined;
    const evidenceClass = evidenceClassOf('actor', { product, eventClass, eventCode }) ?? 'other';
    const said = evidencePieces(evidenceClass, fields);
    found.set(id, {
      id,
      time: isoOrNull(time),
      host,
      product,
      eventCode: eventCode ?? null,
      summary: cutAt(englishLine(said), longestText).text,
      said: saidMessage(said),
    });
  }
  return found;
}
