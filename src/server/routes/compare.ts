import { createRoute } from '@hono/zod-openapi';
import { TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import type { Family } from '../../lineage/select-family.ts';
import { arrivalHistogram } from '../../views/arrival-histogram.ts';
import { comparisonView } from '../../views/comparison-view.ts';
import { DifferenceRows } from '../../views/difference-rows.ts';
import { isoOrNull } from '../../views/reason-view.ts';
import { selectTree } from '../../views/select-tree.ts';
import { processLateness, settlingOf } from '../../views/settling.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import {
  compareQuerySchema,
  comparisonSchema,
  type Difference,
  differenceQuerySchema,
  differenceSchema,
} from '../contracts/compare.ts';
import { openTree } from '../trees/open-tree.ts';
import { clockOf, readMoment, serverNow } from '../trees/request-moment.ts';
import { readSelection } from '../trees/request-selection.ts';
import { hostTreesOf } from '../trees/shared-trees.ts';
import { latenessMessage, treeAnswer } from '../trees/tree-answer.ts';
import { apiRouter, failureAnswers, jsonAnswer } from './api-router.ts';

const compare = createRoute({
  method: 'get',
  path: '/tree/compare',
  summary: 'The tree of a simple join on the process id beside the right one',
  request: { query: compareQuerySchema },
  responses: { 200: jsonAnswer(comparisonSchema, 'Both trees, and what moved.'), ...failureAnswers },
});

const difference = createRoute({
  method: 'get',
  path: '/tree/difference',
  summary: 'What changed in a tree between two moments',
  request: { query: differenceQuerySchema },
  responses: { 200: jsonAnswer(differenceSchema, 'Rows in the order of the later tree.'), ...failureAnswers },
});

/** Parts of the axis of arrivals. */
const arrivalParts = 60;

/** `/tree/compare` and `/tree/difference`. */
export function compareRoutes(context: Pick<ServerContext, 'store' | 'changes'>) {
  const trees = hostTreesOf(context);
  return apiRouter()
    .openapi(compare, async (request) => {
      const query = request.req.valid('query');
      const clock = clockOf(query.timezone);
      const selection = readSelection(query, query.timezone);
      const host = await trees.host(query.host);
      const knowledge = await trees.read(host.name, readMoment('asof', query.asof, query.timezone));
      const right = openTree(knowledge, selection);
      const left = openTree(knowledge, selection, query.method);
      const now = serverNow();
      return request.json(
        {
          method: query.method,
          left: treeAnswer(left, host, now, clock),
          right: treeAnswer(right, host, now, clock),
          ...comparisonView(knowledge.lineage, left.tree, right.tree, clock),
        },
        200,
      );
    })
    .openapi(difference, async (request) => {
      const query = request.req.valid('query');
      const clock = clockOf(query.timezone);
      const selection = readSelection(query, query.timezone);
      const asked = readMoment('from', query.from, query.timezone);
      const to = readMoment('to', query.to, query.timezone);
      if (asked !== undefined && to !== undefined && asked >= to)
        throw new ApiFailure(400, 'bad-request', 'from must be before to.');
      const host = await trees.host(query.host);
      const later = await trees.read(host.name, to);
      const after = selectTree(later.lineage, selection);
      const from = asked ?? beforeLastStart(after) ?? later.arrived ?? 0n;
      const earlier = await trees.read(host.name, from);
      const before = selectTree(earlier.lineage, selection);
      // Nothing at either moment: it is said as for a tree of the later one.
      const afterKey = after || !before ? openTree(later, selection).key : null;
      const lateness = processLateness(later.hostLedger);
      const arrivalsTell = lateness.kind === 'measured';
      const rows = new DifferenceRows(
        { earlier: earlier.lineage, later: later.lineage, before, after, arrivalsTell },
        query.rows,
      );
      const answer: Difference = {
        host: host.name,
        from: isoOrNull(from),
        to: isoOrNull(to),
        beforeKey: before ? openTree(earlier, selection).key : null,
        afterKey,
        summary: rows.summary,
        rows: rows.page(query.offset, query.limit),
        rowsTotal: rows.size,
        arrivals: await arrivalHistogram(context.store, host.name, arrivalParts),
        settling: {
          is: after !== undefined && settlingOf(later.hostLedger, after, to ?? serverNow(), clock).is,
          lateness: latenessMessage(lateness),
        },
      };
      return request.json(answer, 200);
    });
}

/** Five minutes before the last start in a tree: however quiet it was since, there is something to see. */
function beforeLastStart(family: Family | undefined): Ticks | undefined {
  if (family === undefined) return undefined;
  const { lineage, shows } = family;
  let last: Ticks | undefined;
  for (let index = 0; index < lineage.size; index++) {
    const start = shows(index) ? lineage.outline(index).start : undefined;
    if (start !== undefined && (last === undefined || start > last)) last = start;
  }
  return last === undefined ? undefined : last - 300n * TICKS_PER_SECOND;
}
