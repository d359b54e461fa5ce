import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { formatTicks, parseIsoTicks } from '../../core/ticks.ts';
import { writeDurably } from '../../export/durable-file.ts';
import type { ExportScope } from '../../export/export-scope.ts';

export interface ExportJobRequest {
  readonly id: string;
  readonly owner: string;
  readonly scope: ExportScope;
  readonly exact: boolean;
  readonly timezone: string;
}

const requestName = 'request.json';

const moment = z.string().transform((text, context) => {
  const ticks = parseIsoTicks(text);
  if (ticks !== undefined) return ticks;
  context.addIssue('not a moment');
  return z.NEVER;
});

const requestSchema = z.strictObject({
  id: z.uuid(),
  owner: z.string(),
  exact: z.boolean(),
  timezone: z.string(),
  scope: z.strictObject({
    hosts: z.array(z.string()),
    addresses: z.array(z.string()),
    earliest: moment,
    latest: moment,
    asOf: moment,
  }),
});

/** Bytes of a request that is read. */
const mostBytes = 64 << 20;

/** Keeps a request in its folder, from where a server that is started later reads it. */
export async function keepRequest(folder: string, { scope, ...request }: ExportJobRequest): Promise<void> {
  const { earliest, latest, asOf } = scope;
  const written = {
    ...request,
    scope: {
      ...scope,
      earliest: formatTicks(earliest),
      latest: formatTicks(latest),
      asOf: formatTicks(asOf),
    },
  };
  const path = join(folder, requestName);
  await writeDurably(path, `${path}.new`, `${JSON.stringify(written)}\n`);
}

/** The requests whose folders, named by their ids, lie in a folder. Folders of that kind without one are removed. */
export function keptRequests(folder: string): readonly ExportJobRequest[] {
  const names = readdirSync(folder).filter((name) => z.uuid().safeParse(name).success);
  return names.flatMap((name) => {
    const place = join(folder, name);
    const request = readRequest(place);
    if (request?.id === name) return [request];
    rmSync(place, { recursive: true, force: true });
    return [];
  });
}

function readRequest(place: string): ExportJobRequest | undefined {
  try {
    const path = join(place, requestName);
    const found = lstatSync(path);
    if (!found.isFile() || found.size > mostBytes) return undefined;
    return requestSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
