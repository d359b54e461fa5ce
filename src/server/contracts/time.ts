import { z } from '@hono/zod-openapi';

/** A moment as ISO 8601 in UTC with seven digits of fraction, or null where there is none. */
export const momentSchema = z.string().nullable().openapi({ example: '2023-08-16T04:54:30.1234567Z' });
