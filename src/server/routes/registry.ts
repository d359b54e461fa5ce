import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ServerContext } from '../context.ts';
import type { ServerEnvironment } from '../server-environment.ts';
import { auditRoutes } from './audit.ts';
import { caseRoutes } from './cases.ts';
import { compareRoutes } from './compare.ts';
import { coverageRoutes } from './coverage.ts';
import { editorRoutes } from './editor.ts';
import { egressRoutes } from './egress.ts';
import { eventRoutes } from './events.ts';
import { explainZeroRoutes } from './explain-zero.ts';
import { exportRoutes } from './exports.ts';
import { fileRoutes } from './file.ts';
import { hostRoutes } from './hosts.ts';
import { huntRoutes } from './hunts.ts';
import { ingestRoutes } from './ingest.ts';
import { processRoutes } from './process.ts';
import { searchRoutes } from './searches.ts';
import { sessionRoutes } from './session.ts';
import { tokenRoutes } from './tokens.ts';
import { treeRoutes } from './tree.ts';
import { userRoutes } from './users.ts';

/** An area of the API: its routes, whose paths are below `/api`. `access/required-role.ts` says who may use them. */
type Area = (context: ServerContext) => OpenAPIHono<ServerEnvironment>;

/** All areas of the API: one file each. */
export const areas: readonly Area[] = [
  sessionRoutes,
  userRoutes,
  tokenRoutes,
  auditRoutes,
  searchRoutes,
  editorRoutes,
  explainZeroRoutes,
  huntRoutes,
  eventRoutes,
  ingestRoutes,
  hostRoutes,
  processRoutes,
  fileRoutes,
  compareRoutes,
  egressRoutes,
  coverageRoutes,
  exportRoutes,
  caseRoutes,
  treeRoutes,
];
