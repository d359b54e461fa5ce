import { createRoute, z } from '@hono/zod-openapi';
import type { ServerContext } from '../context.ts';
import { auditPageSchema } from '../contracts/session.ts';
import { apiRouter, failureAnswers, jsonAnswer } from './api-router.ts';
import { millisecondsText } from './moment.ts';

const page = createRoute({
  method: 'get',
  path: '/audit',
  summary: 'Who did what, newest first',
  request: {
    query: z.object({
      before: z.coerce.number().int().min(1).max(0xffffffff).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: { 200: jsonAnswer(auditPageSchema, 'A page of the audit.'), ...failureAnswers },
});

/** `/audit`: for admins. */
export function auditRoutes({ metadata }: ServerContext) {
  return apiRouter().openapi(page, (request) => {
    const { before, limit } = request.req.valid('query');
    const found = metadata.audit.page(before, limit);
    const entries = found.map(({ id, record }) => ({
      ...record,
      id: String(id),
      time: millisecondsText(record.time),
    }));
    const last = found.at(-1)?.id;
    const next = found.length < limit || last === undefined || last <= 1 ? null : String(last);
    return request.json({ entries, before: next }, 200);
  });
}
