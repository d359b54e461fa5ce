import { z } from '@hono/zod-openapi';
import { momentSchema } from './time.ts';

/** Each role may do what the ones before it may. */
export const roleSchema = z.enum(['viewer', 'analyst', 'admin']).openapi('Role');

export type Role = z.infer<typeof roleSchema>;

export const userNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, 'a name is 1 to 64 of a-z, 0-9, ".", "_", "@" and "-"');

export const passwordSchema = z.string().min(10, 'a password has at least 10 characters').max(1024);

/** `GET /api/session`. `csrf` goes into the header `x-keizu-csrf` of every request that changes something. */
export const sessionStateSchema = z
  .object({
    user: z.object({ name: z.string(), role: roleSchema }).nullable(),
    signIn: z.enum(['not-needed', 'required']),
    csrf: z.string(),
    version: z.string(),
    /** Where the store is, for the page's title. */
    store: z.string(),
  })
  .openapi('SessionState');

export type SessionState = z.infer<typeof sessionStateSchema>;

export const signInSchema = z
  .object({ name: z.string().max(64), password: z.string().max(1024) })
  .openapi('SignIn');

export const userSchema = z
  .object({ name: z.string(), role: roleSchema, made: momentSchema, lastSignIn: momentSchema })
  .openapi('User');

export type User = z.infer<typeof userSchema>;

export const newUserSchema = z
  .object({ name: userNameSchema, role: roleSchema, password: passwordSchema })
  .openapi('NewUser');

export type NewUser = z.infer<typeof newUserSchema>;

export const userChangeSchema = z
  .object({ role: roleSchema.optional(), password: passwordSchema.optional() })
  .openapi('UserChange');

/** An API token; the text of it is only given when it is made. */
export const tokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    user: z.string(),
    role: roleSchema,
    made: momentSchema,
    lastUse: momentSchema,
  })
  .openapi('Token');

export type Token = z.infer<typeof tokenSchema>;

export const newTokenSchema = z
  .object({ name: z.string().min(1).max(128), role: roleSchema.optional() })
  .openapi('NewToken');

export const madeTokenSchema = z.object({ token: tokenSchema, text: z.string() }).openapi('MadeToken');

export type MadeToken = z.infer<typeof madeTokenSchema>;

export const auditActionSchema = z.enum([
  'sign-in',
  'sign-in-refused',
  'sign-out',
  'search',
  'export',
  'ingest',
  'change',
]);

export type AuditAction = z.infer<typeof auditActionSchema>;

export const auditEntrySchema = z
  .object({
    /** Grows with time; `?before=` takes it. */
    id: z.string(),
    time: z.string(),
    user: z.string(),
    action: auditActionSchema,
    /** What it was done to: a search's text, a user's name, a file's. */
    subject: z.string(),
    address: z.string(),
  })
  .openapi('AuditEntry');

/** Newest first. `before` asks for the next page; null at the end. */
export const auditPageSchema = z
  .object({ entries: z.array(auditEntrySchema), before: z.string().nullable() })
  .openapi('AuditPage');

export type AuditPage = z.infer<typeof auditPageSchema>;
