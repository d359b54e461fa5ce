import { createRoute } from '@hono/zod-openapi';
import { askLedger } from '../../evidence/ask-ledger.ts';
import type { FileAnswer } from '../../evidence/file-answers.ts';
import type { FileEntry } from '../../evidence/file-entry.ts';
import { type HostFileHistory, readFileHistory } from '../../evidence/file-history.ts';
import { fileReasonViews } from '../../views/file-reason-view.ts';
import { type Clock, isoOrNull } from '../../views/reason-view.ts';
import { cutAt } from '../../views/tree-row.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import {
  type FileEntryMessage,
  type FileHistoryMessage,
  fileHistorySchema,
  fileQuerySchema,
} from '../contracts/process.ts';
import { saidMessage } from '../said-message.ts';
import { clockOf, readMoment } from '../trees/request-moment.ts';
import { hostTreesOf } from '../trees/shared-trees.ts';
import { apiRouter, failureAnswers, jsonAnswer } from './api-router.ts';

const history = createRoute({
  method: 'get',
  path: '/file',
  summary: 'What all processes did with a file: who created, ran, loaded, named and deleted it',
  request: { query: fileQuerySchema },
  responses: { 200: jsonAnswer(fileHistorySchema, 'Its history on each host.'), ...failureAnswers },
});

const mostHosts = 200;
const mostEntries = 2_000;
const longestText = 4_000;

/** `/file`. */
export function fileRoutes(context: Pick<ServerContext, 'store' | 'changes'>) {
  const trees = hostTreesOf(context);
  return apiRouter().openapi(history, async (request) => {
    const { path, host, asof, timezone } = request.req.valid('query');
    const clock = clockOf(timezone);
    const asOf = readMoment('asof', asof, timezone);
    if (path.trim() === '') throw new ApiFailure(400, 'bad-request', 'path: which file?');
    const found = await readFileHistory(context.store, path, {
      ...(host === undefined ? {} : { host: (await trees.host(host)).name }),
      ...(asOf === undefined ? {} : { asOf }),
      ask: askLedger(context.store, asOf),
    });
    const answer: FileHistoryMessage = {
      path,
      hosts: found.hosts.slice(0, mostHosts).map((each) => hostMessage(each, clock)),
      hostsLeftOut: Math.max(0, found.hosts.length - mostHosts),
      cut: found.cut,
    };
    return request.json(answer, 200);
  });
}

function hostMessage(
  { host, entries, answers, sameContent }: HostFileHistory,
  clock: Clock,
): FileHistoryMessage['hosts'][number] {
  const answer = ({ kind, entries: found, reasons }: FileAnswer) => ({
    answer: kind,
    events: found.flatMap((at) => entries[at]?.id ?? []).slice(0, mostEntries),
    reasons: [...fileReasonViews(reasons, clock)],
  });
  return {
    host,
    answers: {
      created: answer(answers.created),
      downloaded: answer(answers.downloaded),
      run: answer(answers.run),
      renamed: answer(answers.renamed),
      deleted: answer(answers.deleted),
    },
    sameContent: sameContent.map((same) => ({
      path: same.path,
      hash: same.hash,
      first: isoOrNull(same.first),
      events: same.events,
    })),
    entries: entries.slice(0, mostEntries).map(entryMessage),
    entriesTotal: entries.length,
  };
}

function entryMessage({
  id,
  time,
  arrival,
  role,
  path,
  actor,
  product,
  eventCode,
  summary,
  said,
  zone,
}: FileEntry): FileEntryMessage {
  return {
    id,
    time: isoOrNull(time),
    arrival: isoOrNull(arrival),
    role,
    path: path === undefined ? null : cutAt(path, longestText).text,
    process: {
      pid: actor.pid ?? null,
      guid: actor.guid ?? null,
      image: actor.image ?? null,
      user: actor.user ?? null,
    },
    product,
    eventCode: eventCode ?? null,
    summary: cutAt(summary, longestText).text,
    said: saidMessage(said),
    zone:
      zone === undefined
        ? null
        : { zone: zone.zone ?? null, hostUrl: zone.hostUrl ?? null, referrerUrl: zone.referrerUrl ?? null },
  };
}
