import type { Ticks } from '../core/ticks.ts';
import { integer, Parameters, sql } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { cellNumber, cellText, cellTexts } from './cell.ts';
import type { RecordIdFigures, RecordIdGap } from './ledger.ts';
import { inScope, type LedgerScope, nearRange, ownChannel } from './ledger-scope.ts';
import { logParts, smallGap } from './record-id-gaps.ts';

/** What the record ids of one channel of one host are like. */
export interface RecordIdRow {
  readonly host: string;
  readonly channel: string;
  readonly figures: RecordIdFigures;
  /** The widest gaps, at most `listedGaps`. */
  readonly gaps: readonly RecordIdGap[];
}

/** Gaps that are listed for each channel, the widest first; all are counted. */
const listedGaps = 1_000;

/** Times of neighbours in the log may be so much out of order, by clocks and queues. Seconds. */
const disorder = 300;

const columns: readonly Column[] = [
  { name: 'host', type: 'text' },
  { name: 'channel', type: 'text' },
  { name: 'events', type: 'number' },
  { name: 'with_id', type: 'number' },
  { name: 'first', type: 'text' },
  { name: 'last', type: 'text' },
  { name: 'same', type: 'number' },
  { name: 'repeated', type: 'number' },
  { name: 'backward', type: 'number' },
  { name: 'gaps', type: 'number' },
  { name: 'missing', type: 'text' },
  { name: 'small', type: 'number' },
  { name: 'parts', type: 'number' },
  { name: 'forwarded', type: 'number' },
  { name: 'listed', type: 'multivalue' },
];

/** Looks at the record ids of each channel in their order. */
export async function readRecordIds(store: Store, scope: LedgerScope): Promise<readonly RecordIdRow[]> {
  const parameters = new Parameters();
  const query = sql`SELECT host, channel, count(), countIf(isNotNull(id)), toString(minOrNull(id)), toString(maxOrNull(id)),
countIf(follows AND step = 0), countIf(follows AND step = 0 AND abs(back) <= ${integer(disorder)}),
countIf(follows AND if(step = 0, abs(back), back) > ${integer(disorder)}),
countIf(gap), toString(sumIf(step - 1, gap)), countIf(gap AND step <= ${integer(smallGap + 1)}),
uniqExactIf(intDiv((place - 1) * ${integer(logParts)}, of), gap AND step <= ${integer(smallGap + 1)}),
countIf(forwarded),
arrayMap(g -> concat(toString(g.2), ' ', toString(g.3), ' ', toString(reinterpretAsInt64(g.4)), ' ', toString(reinterpretAsInt64(g.5))),
  arraySlice(arraySort(g -> -g.1, groupArrayIf(20000)((step, previous, assumeNotNull(id), previous_time, _time), gap)), 1, ${integer(listedGaps)}))
FROM (SELECT host, channel, id, _time, forwarded, previous, previous_time, place, of,
  isNotNull(id) AND place > 1 AS follows, assumeNotNull(id) - previous AS step,
  dateDiff('second', _time, previous_time) AS back, follows AND step > 1 AND back <= ${integer(disorder)} AS gap
  FROM (SELECT host, channel, id, _time, forwarded, lagInFrame(assumeNotNull(id)) OVER w AS previous,
    lagInFrame(_time) OVER w AS previous_time, row_number() OVER w AS place,
    count() OVER (PARTITION BY host, channel, isNull(id)) AS of
    FROM (SELECT host, ${ownChannel} AS channel,
      if(toInt64OrNull(EventRecordID) >= 0, toInt64OrNull(EventRecordID), NULL) AS id, _time,
      channel = 'ForwardedEvents' OR positionCaseInsensitive(source, 'ForwardedEvents') > 0
        OR positionCaseInsensitive(_origin, 'ForwardedEvents') > 0 AS forwarded
      FROM events WHERE isNotNull(Channel) AND ${inScope(scope, parameters)} AND ${nearRange(scope, parameters)})
    WINDOW w AS (PARTITION BY host, channel, isNull(id) ORDER BY id, _time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)))
GROUP BY host, channel`;
  const rows: RecordIdRow[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns)) {
    for (const row of block) {
      const [host, channel, events, withId, first, last, same, repeated, backward, gaps, missing] = row;
      rows.push({
        host: cellText(host),
        channel: cellText(channel),
        figures: {
          events: cellNumber(events),
          withId: cellNumber(withId),
          ids: cellNumber(withId) - cellNumber(same),
          firstId: cellText(first) || null,
          lastId: cellText(last) || null,
          repeated: cellNumber(repeated),
          backward: cellNumber(backward),
          gaps: cellNumber(gaps),
          missing: BigInt(cellText(missing) || '0'),
          smallGaps: cellNumber(row[11]),
          partsWithSmallGaps: cellNumber(row[12]),
          forwarded: cellNumber(row[13]),
        },
        gaps: cellTexts(row[14]).map(gapOf),
      });
    }
  }
  return rows;
}

/** `id before, id after, time before, time after`. */
function gapOf(text: string): RecordIdGap {
  const [before = 0n, after = 0n, from = 0n, to = 0n] = text.split(' ').map(BigInt);
  const [earlier, later]: [Ticks, Ticks] = from <= to ? [from, to] : [to, from];
  return {
    firstMissing: String(before + 1n),
    lastMissing: String(after - 1n),
    missing: after - before - 1n,
    from: earlier,
    to: later,
  };
}
