import { createRoute } from '@hono/zod-openapi';
import {
  type EvidenceClass,
  evidenceClasses,
  evidenceClassNames,
  isEvidenceClass,
} from '../../evidence/evidence-class.ts';
import { countEvidence, type EvidenceEvent, readEvidence } from '../../evidence/read-evidence.ts';
import { evidencePieces } from '../../evidence/summarise-event.ts';
import { isoOrNull, matchReason } from '../../views/reason-view.ts';
import { cutAt } from '../../views/tree-row.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import {
  type EvidenceEventMessage,
  processEventsQuerySchema,
  processEventsSchema,
  processPanelSchema,
  processQuerySchema,
} from '../contracts/process.ts';
import { saidMessage } from '../said-message.ts';
import { readCursor, writeCursor } from '../trees/evidence-cursor.ts';
import { evidenceOptions, indexOfProcess, pathOf, processPanel } from '../trees/process-panel.ts';
import { clockOf, readMoment } from '../trees/request-moment.ts';
import { hostTreesOf } from '../trees/shared-trees.ts';
import { apiRouter, failureAnswers, jsonAnswer } from './api-router.ts';

const panel = createRoute({
  method: 'get',
  path: '/process',
  summary: 'A process: who says what of it, its parent link, its evidence',
  request: { query: processQuerySchema },
  responses: { 200: jsonAnswer(processPanelSchema, 'The process.'), ...failureAnswers },
});

const events = createRoute({
  method: 'get',
  path: '/process/events',
  summary: 'The events that speak of a process, in order of time',
  request: { query: processEventsQuerySchema },
  responses: { 200: jsonAnswer(processEventsSchema, 'A page of events.'), ...failureAnswers },
});

const longestSummary = 4_000;

/** `/process`. */
export function processRoutes(context: Pick<ServerContext, 'store' | 'changes'>) {
  const trees = hostTreesOf(context);
  const knownOf = async (query: { host: string; asof?: string | undefined; timezone: string }) => {
    const host = await trees.host(query.host);
    return trees.read(host.name, readMoment('asof', query.asof, query.timezone));
  };
  return apiRouter()
    .openapi(panel, async (request) => {
      const query = request.req.valid('query');
      const clock = clockOf(query.timezone);
      return request.json(await processPanel(trees, await knownOf(query), query.id, clock), 200);
    })
    .openapi(events, async (request) => {
      const query = request.req.valid('query');
      clockOf(query.timezone);
      const classes = readClasses(query.class);
      const after = query.after === undefined ? undefined : readCursor(query.after);
      const knowledge = await knownOf(query);
      const process = knowledge.lineage.process(indexOfProcess(knowledge, query.id));
      const options = evidenceOptions(knowledge);
      const [page, [counts = new Map()]] = await Promise.all([
        readEvidence(context.store, [process], {
          ...options,
          classes,
          limit: query.limit,
          ...(after !== undefined && { after }),
        }),
        countEvidence(context.store, [process], options),
      ]);
      const wanted = classes.length === 0 ? evidenceClassNames : classes;
      return request.json(
        {
          events: page.events.map(eventMessage),
          next: page.next === undefined ? null : writeCursor(page.next),
          total: wanted.reduce((sum, each) => sum + (counts.get(each)?.count ?? 0), 0),
        },
        200,
      );
    });
}

function readClasses(text: string | undefined): readonly EvidenceClass[] {
  if (text === undefined || text === '') return [];
  return text.split(',').map((each) => {
    if (isEvidenceClass(each)) return each;
    throw new ApiFailure(400, 'bad-request', `class: ${each} is no class.`, {
      hint: `Classes: ${evidenceClassNames.join(', ')}.`,
    });
  });
}

function eventMessage(event: EvidenceEvent): EvidenceEventMessage {
  const { id, evidenceClass, side, grade, reasons, product, eventCode, summary, fields } = event;
  const path = pathOf(fields);
  return {
    id,
    time: isoOrNull(event.time),
    arrival: isoOrNull(event.arrival),
    class: evidenceClass,
    label: evidenceClasses[evidenceClass].label,
    side,
    grade,
    reasons: reasons.map(matchReason),
    product,
    eventCode: eventCode ?? null,
    summary: cutAt(summary, longestSummary).text,
    said: saidMessage(evidencePieces(evidenceClass, fields)),
    path: path === undefined ? null : cutAt(path, longestSummary).text,
  };
}
