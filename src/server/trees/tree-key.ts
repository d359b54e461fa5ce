import { z } from '@hono/zod-openapi';
import type { Ticks } from '../../core/ticks.ts';
import type { NaiveMethod } from '../../lineage/naive-lineage.ts';
import type { TreeSelection } from '../../views/select-tree.ts';
import { ApiFailure } from '../api-failure.ts';

/** What a tree is of: which events of which host, which processes of them, and which way they are linked. */
export interface TreeIdentity {
  readonly host: string;
  readonly asOf: Ticks | undefined;
  /** How many events of the host are in it, and when the last of them arrived. */
  readonly events: number;
  readonly arrived: Ticks;
  readonly selection: TreeSelection;
  readonly naive: NaiveMethod | undefined;
}

const ticks = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .transform(BigInt);
const text = z.string().max(10_000);

const keySchema = z.object({
  h: text,
  a: ticks.optional(),
  e: z.number().int().min(0),
  l: ticks,
  s: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('text'), text }),
    z.object({ kind: z.literal('pid'), pid: z.number(), at: ticks.optional() }),
    z.object({ kind: z.literal('guid'), guid: text }),
    z.object({ kind: z.literal('id'), id: text }),
    z.object({ kind: z.literal('focus'), id: text }),
    z.object({ kind: z.literal('around'), at: ticks, minutes: z.number() }),
  ]),
  n: z.enum(['first', 'latest', 'holder']).optional(),
});

/** The identity as one text for addresses. Nothing in it is secret, and nothing in it is trusted when it comes back. */
export function writeTreeKey(identity: TreeIdentity): string {
  const { host: h, asOf: a, events: e, arrived: l, selection: s, naive: n } = identity;
  const json = JSON.stringify({ h, a, e, l, s, n }, (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return Buffer.from(json).toString('base64url');
}

/** Fails with `ApiFailure` where the text is no key. */
export function readTreeKey(key: string): TreeIdentity {
  const parsed = keySchema.safeParse(jsonOf(Buffer.from(key, 'base64url').toString()));
  if (!parsed.success) throw new ApiFailure(404, 'tree-unknown', 'There is no such tree.');
  const { h: host, a: asOf, e: events, l: arrived, s, n: naive } = parsed.data;
  const selection: TreeSelection = s.kind === 'pid' ? { ...s, at: s.at } : s;
  return { host, asOf, events, arrived, selection, naive };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
