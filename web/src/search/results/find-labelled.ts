import type { SearchRequest } from '../../../../src/server/contracts/search.ts';
import { momentIn } from '../../text/time.ts';
import type { TreeLink } from '../../tree/tree-link.ts';
import { askRows } from './ask-rows.ts';

/**
 * Where a process that pstree labelled is to be seen: on the host that most events of the search's first part are of,
 * since a label names none. Without an id, the host's processes that carry the searched text.
 */
export async function findLabelled(
  request: SearchRequest,
  base: string,
  pid: number | undefined,
  time: string | undefined,
): Promise<TreeLink | undefined> {
  const asked = await askRows({
    ...request,
    text: `${base} | stats count AS n BY host | sort 1 -n`,
  });
  const host = asked.rows[0]?.[asked.columns.findIndex((column) => column.name === 'host')];
  if (typeof host !== 'string') return undefined;
  if (pid === undefined) {
    const match = /\*([^\s*"|]{3,200})\*/.exec(request.text)?.[1];
    return match === undefined ? { host } : { host, match };
  }
  const [date = '', clock = ''] = time?.split(/[ T]/) ?? [];
  const moment = time === undefined ? undefined : momentIn(date, clock, request.timezone ?? 'UTC');
  return moment === undefined ? { host, pid } : { host, pid, at: new Date(moment + 1000).toISOString() };
}
