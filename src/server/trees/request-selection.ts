import type { z } from '@hono/zod-openapi';
import type { TreeSelection } from '../../views/select-tree.ts';
import { ApiFailure } from '../api-failure.ts';
import type { treeSelectionSchema } from '../contracts/tree.ts';
import { readMoment } from './request-moment.ts';

type SelectionQuery = Omit<z.output<typeof treeSelectionSchema>, 'host'>;

const ways = ['match', 'pid', 'guid', 'id', 'focus', 'around'] as const;

/** Which processes a request asks for; fails with `ApiFailure` where it says so in two ways. */
export function readSelection(query: SelectionQuery, timezone: string): TreeSelection {
  const given = ways.filter((way) => query[way] !== undefined);
  if (given.length > 1)
    throw new ApiFailure(400, 'bad-request', `${given.join(' and ')} do not go together.`, {
      hint: 'Give one of them, or none for the whole host.',
    });
  if (query.at !== undefined && query.pid === undefined)
    throw new ApiFailure(400, 'bad-request', 'at goes with pid.');
  if (query.match !== undefined) return { kind: 'text', text: query.match };
  if (query.pid !== undefined)
    return { kind: 'pid', pid: query.pid, at: readMoment('at', query.at, timezone) };
  if (query.guid !== undefined) return { kind: 'guid', guid: query.guid };
  if (query.id !== undefined) return { kind: 'id', id: query.id };
  if (query.focus !== undefined) return { kind: 'focus', id: query.focus };
  const at = readMoment('around', query.around, timezone);
  return at === undefined ? { kind: 'all' } : { kind: 'around', at, minutes: query.minutes };
}
