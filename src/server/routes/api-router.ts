import { OpenAPIHono, type z } from '@hono/zod-openapi';
import { ApiFailure } from '../api-failure.ts';
import { failureSchema } from '../contracts/error.ts';
import type { ServerEnvironment } from '../server-environment.ts';

/** A sub-app of the API. What does not fit a route's schema is refused with `bad-request` and the place of the fault. */
export function apiRouter(): OpenAPIHono<ServerEnvironment> {
  return new OpenAPIHono<ServerEnvironment>({
    defaultHook: (checked) => {
      if (checked.success) return;
      const [issue] = checked.error.issues;
      const place = issue?.path.join('.') ?? '';
      throw new ApiFailure(
        400,
        'bad-request',
        `${place === '' ? 'The request' : place}: ${issue?.message ?? 'wrong'}`,
      );
    },
  });
}

/** The answer of a route in JSON. */
export function jsonAnswer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** The body of a route in JSON. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}

/** What any route may answer instead; spread into `responses`. */
export const failureAnswers = {
  default: jsonAnswer(failureSchema, 'The request was refused, or failed.'),
} as const;

/** The answer of a route that has nothing to say. */
export const doneAnswer = { 204: { description: 'Done.' } } as const;
