import { z } from '@hono/zod-openapi';
import { failureSchema } from './error.ts';
import { momentParameter, timezoneParameter } from './tree.ts';

/** Everything of hosts and a window, as `keizu export` writes it. */
export const exportRequestSchema = z
  .object({
    /** Their names, or names without domain where only one host has it. */
    hosts: z.array(z.string().min(1).max(1_000)).min(1).max(1_000),
    /** Half open. */
    earliest: momentParameter,
    latest: momentParameter,
    /** Cells of the CSV as they are, though a spreadsheet may run some. */
    exact: z.boolean().default(false),
    /** Zone in which bounds without one are read, and in which the report writes times. */
    timezone: timezoneParameter,
  })
  .openapi('ExportRequest');

export type ExportRequest = z.input<typeof exportRequestSchema>;

export const exportStartedSchema = z.object({ id: z.uuid() }).openapi('ExportStarted');

export type ExportStarted = z.infer<typeof exportStartedSchema>;

const exportedFileSchema = z.object({
  path: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  /** Null where it is of no events one by one. */
  events: z.number().nullable(),
  /** Of raw texts: how many of a sample were read again alone, how many gave the same event, and what the others lack, in English. */
  alone: z.object({ read: z.number(), same: z.number(), lacks: z.array(z.string()) }).nullable(),
});

export const exportStateSchema = z
  .object({
    id: z.string(),
    /** One that was stopped, by a user or with the server, or that failed, can be resumed. */
    state: z.enum(['running', 'done', 'failed', 'stopped']),
    /** What it is at; null before the first. `check`: what an earlier run has written is read again. */
    step: z.enum(['check', 'events', 'parquet', 'report']).nullable(),
    /** Events written so far, and those in scope. */
    events: z.number(),
    all: z.number(),
    /** Of these, those that an earlier run had written, where it was taken up; null where none was. */
    takenUp: z.number().nullable(),
    /** Why an earlier run was not taken up but begun anew; null where none was. */
    begunAnew: z
      .enum(['no-checkpoint', 'journal-damaged', 'other-version', 'files-changed', 'other-events'])
      .nullable(),
    /** Of the latest run. */
    elapsedMs: z.number(),
    /** As the store names them. */
    hosts: z.array(z.string()),
    /** ISO 8601, UTC. */
    earliest: z.string(),
    latest: z.string(),
    exact: z.boolean(),
    /** Once it is done. */
    result: z
      .object({
        /** Of the archive, and of the folder in it. */
        name: z.string(),
        files: z.array(exportedFileSchema),
        /** Of the manifest, which nothing else vouches for. */
        manifestSha256: z.string(),
        /** Cells of the CSV that were made safe. */
        cellsChanged: z.number(),
        /** What was left out of the report, in English. */
        limits: z.array(z.string()),
      })
      .nullable(),
    /** Why it failed. */
    error: failureSchema.shape.error.nullable(),
  })
  .openapi('ExportState');

export type ExportState = z.infer<typeof exportStateSchema>;
