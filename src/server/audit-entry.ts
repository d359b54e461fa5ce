import type { ServerContext } from './context.ts';
import type { AuditAction } from './contracts/session.ts';
import { clientAddress, type RequestContext } from './server-environment.ts';

/** Writes down what the actor of a request does; resolves when it is on disk. */
export async function audit(
  { metadata }: Pick<ServerContext, 'metadata'>,
  request: RequestContext,
  action: AuditAction,
  subject: string,
): Promise<void> {
  await metadata.audit.add({
    user: request.var.actor.name,
    action,
    subject,
    address: clientAddress(request),
  });
}
