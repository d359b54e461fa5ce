import { createRoute } from '@hono/zod-openapi';
import { stream } from 'hono/streaming';
import { csvHeader, csvRow } from '../../views/format-csv.ts';
import { csvLines, jsonLines } from '../../views/record-lines.ts';
import { findInTree } from '../../views/selected-tree.ts';
import { ticketText } from '../../views/ticket-text.ts';
import { coverageLines } from '../../views/tree-coverage.ts';
import { treeTable } from '../../views/tree-csv.ts';
import { readFacts } from '../../views/tree-facts.ts';
import { treeRecords } from '../../views/tree-record.ts';
import { treeRow } from '../../views/tree-row.ts';
import { treeText } from '../../views/tree-text.ts';
import type { TreeView } from '../../views/tree-view.ts';
import { ApiFailure } from '../api-failure.ts';
import { audit } from '../audit-entry.ts';
import type { ServerContext } from '../context.ts';
import {
  findInTreeQuerySchema,
  foundInTreeSchema,
  longestInRow,
  mostRows,
  rowsOfTreeQuerySchema,
  treeChangesSchema,
  treeExportQuerySchema,
  treeKeyParameter,
  treeQuerySchema,
  treeRowsSchema,
  treeSchema,
  treeTextQuerySchema,
} from '../contracts/tree.ts';
import { type OpenTree, openTree, treeOfKey } from '../trees/open-tree.ts';
import { readPositions } from '../trees/positions.ts';
import { quickGzip } from '../trees/quick-gzip.ts';
import { clockOf, readMoment, serverNow } from '../trees/request-moment.ts';
import { readSelection } from '../trees/request-selection.ts';
import { hostTreesOf } from '../trees/shared-trees.ts';
import { treeAnswer } from '../trees/tree-answer.ts';
import { treeChanges } from '../trees/tree-changes.ts';
import { attachment, writeLines } from '../trees/write-lines.ts';
import { apiRouter, failureAnswers, jsonAnswer } from './api-router.ts';

const tree = createRoute({
  method: 'get',
  path: '/tree',
  summary: 'The graded tree of a host, or of the families that are asked for',
  middleware: quickGzip,
  request: { query: treeQuerySchema },
  responses: { 200: jsonAnswer(treeSchema, 'The tree, an array a column.'), ...failureAnswers },
});

const rows = createRoute({
  method: 'get',
  path: '/tree/{key}/rows',
  summary: 'What rows of a tree show beyond its columns: ids, command lines, evidence, flags',
  request: { params: treeKeyParameter, query: rowsOfTreeQuerySchema },
  responses: { 200: jsonAnswer(treeRowsSchema, 'The rows, in the order of the request.'), ...failureAnswers },
});

const find = createRoute({
  method: 'get',
  path: '/tree/{key}/find',
  summary: 'Positions of the processes with a text in program, command line or user, or with a process id',
  request: { params: treeKeyParameter, query: findInTreeQuerySchema },
  responses: { 200: jsonAnswer(foundInTreeSchema, 'All positions.'), ...failureAnswers },
});

const textAnswer = (description: string, ...types: readonly string[]) => ({
  description,
  content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' as const } }])),
});

const text = createRoute({
  method: 'get',
  path: '/tree/{key}/text',
  summary: 'The tree as text for a ticket',
  request: { params: treeKeyParameter, query: treeTextQuerySchema },
  responses: { 200: textAnswer('The text.', 'text/plain'), ...failureAnswers },
});

const exported = createRoute({
  method: 'get',
  path: '/tree/{key}/export',
  summary: 'All processes of the tree, as JSON lines or CSV',
  request: { params: treeKeyParameter, query: treeExportQuerySchema },
  responses: { 200: textAnswer('A process a line.', 'application/x-ndjson', 'text/csv'), ...failureAnswers },
});

const changes = createRoute({
  method: 'get',
  path: '/tree/{key}/changes',
  summary: 'What has arrived since the tree was made',
  request: { params: treeKeyParameter },
  responses: { 200: jsonAnswer(treeChangesSchema, 'Counts.'), ...failureAnswers },
});

/** Processes whose evidence one export reads. */
const mostWithEvidence = 20_000;

/** `/tree` and what is below a tree's key. */
export function treeRoutes(context: Pick<ServerContext, 'store' | 'changes' | 'metadata'>) {
  const trees = hostTreesOf(context);
  const { store } = context;
  return apiRouter()
    .openapi(tree, async (request) => {
      const query = request.req.valid('query');
      const clock = clockOf(query.timezone);
      const selection = readSelection(query, query.timezone);
      const asOf = readMoment('asof', query.asof, query.timezone);
      const host = await trees.host(query.host);
      const open = openTree(await trees.read(host.name, asOf), selection);
      return request.json(treeAnswer(open, host, serverNow(), clock), 200);
    })
    .openapi(rows, async (request) => {
      const { positions, timezone } = request.req.valid('query');
      const clock = clockOf(timezone);
      const { knowledge, tree } = await treeOfKey(trees, request.req.valid('param').key);
      const wanted = readPositions(positions, tree.order.indexes.length, mostRows);
      const indexes = wanted.map((position) => tree.order.indexes[position] ?? 0);
      const counts = await knowledge.evidence(store, indexes);
      const { ledger, asOf } = knowledge;
      const scope = { lineage: knowledge.lineage, ledger, asOf, clock, longest: longestInRow };
      const found = wanted.map((position, at) =>
        treeRow(scope, position, indexes[at] ?? 0, counts[at] ?? new Map()),
      );
      return request.json({ rows: found }, 200);
    })
    .openapi(find, async (request) => {
      const { knowledge, tree } = await treeOfKey(trees, request.req.valid('param').key);
      const positions = findInTree(tree, knowledge.columns, request.req.valid('query').text);
      return request.json({ positions, scanned: tree.order.indexes.length }, 200);
    })
    .openapi(text, async (request) => {
      const { timezone, form, focus, defang } = request.req.valid('query');
      clockOf(timezone);
      const whole = await treeOfKey(trees, request.req.valid('param').key);
      const open =
        focus === undefined ? whole : openTree(whole.knowledge, { kind: 'id', id: focus }, whole.tree.naive);
      const { knowledge, tree } = open;
      const lines =
        form === 'full'
          ? treeText(viewOf(open, timezone))
          : ticketText(tree.family.lineage, tree, {
              timezone,
              asOf: knowledge.asOf,
              arrived: knowledge.arrived,
              defang: defang === 'yes',
            });
      request.header('content-type', 'text/plain; charset=utf-8');
      return stream(request, (out) => writeLines(out, lines, '\n'));
    })
    .openapi(exported, async (request) => {
      const { format, evidence, timezone } = request.req.valid('query');
      const clock = clockOf(timezone);
      const open = await treeOfKey(trees, request.req.valid('param').key);
      const { knowledge, tree } = open;
      const { asOf, ledger, host } = knowledge;
      const withEvidence = evidence === 'yes';
      if (withEvidence && tree.family.size > mostWithEvidence)
        throw new ApiFailure(
          422,
          'too-many-processes',
          `Evidence is exported of at most ${mostWithEvidence} processes; this tree has ${tree.family.size}.`,
          {
            hint: 'Export a family, or leave evidence out.',
          },
        );
      await audit(context, request, 'export', `tree of ${host}, ${tree.family.size} processes, ${format}`);
      const view: TreeView = {
        ...viewOf(open, timezone),
        facts: withEvidence ? await readFacts(store, tree.family, ledger, { asOf, clock }) : undefined,
      };
      const records = treeRecords(view);
      const { columns, row } = treeTable({ evidence: withEvidence, naive: false });
      const lines =
        format === 'json'
          ? jsonLines(records)
          : csvLines(csvHeader(columns), records, (each) => csvRow(columns, row(each)));
      request.header('content-type', format === 'json' ? 'application/x-ndjson' : 'text/csv; charset=utf-8');
      request.header(
        'content-disposition',
        attachment(`${host}-tree.${format === 'json' ? 'jsonl' : 'csv'}`),
      );
      return stream(request, (out) => writeLines(out, lines, format === 'json' ? '\n' : '\r\n'));
    })
    .openapi(changes, async (request) =>
      request.json(await treeChanges(trees, await treeOfKey(trees, request.req.valid('param').key)), 200),
    );
}

function viewOf({ knowledge, tree }: OpenTree, timezone: string): TreeView {
  const { scope, asOf, hostLedger } = knowledge;
  return {
    family: tree.family,
    scope,
    calledBy: undefined,
    asOf,
    naive: undefined,
    facts: undefined,
    coverage: coverageLines(hostLedger, clockOf(timezone)),
    timezone,
  };
}
