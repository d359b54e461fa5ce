import { queryOptions } from '@tanstack/react-query';
import type {
  Case,
  CaseItem,
  CaseList,
  CasePatch,
  CaseView,
  NewCase,
  NewCaseItem,
  Notes,
} from '../../../src/server/contracts/cases.ts';
import { apiGet, apiSend } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';

export const casesQuery = queryOptions({
  queryKey: ['cases'],
  queryFn: ({ signal }) => apiGet<CaseList>('/cases', {}, signal),
});

export function caseQuery(id: string) {
  return queryOptions({
    queryKey: ['case', id],
    queryFn: ({ signal }) => apiGet<CaseView>(`/cases/${encodeURIComponent(id)}`, {}, signal),
  });
}

/** Notes of all cases on what a host's processes and events are. */
export function notesQuery(of: {
  readonly host?: string;
  readonly processId?: string;
  readonly eventId?: string;
}) {
  return queryOptions({
    queryKey: ['notes', of],
    queryFn: ({ signal }) => apiGet<Notes>('/notes', of, signal),
  });
}

async function changed<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const given = await answer;
  await Promise.all(
    ['cases', 'case', 'notes'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
  );
  return given;
}

export function addCase(body: NewCase): Promise<Case> {
  return changed(apiSend<Case>('POST', '/cases', body));
}

export function changeCase(id: string, patch: CasePatch): Promise<Case> {
  return changed(apiSend<Case>('PATCH', `/cases/${encodeURIComponent(id)}`, patch));
}

export function removeCase(id: string): Promise<void> {
  return changed(apiSend<void>('DELETE', `/cases/${encodeURIComponent(id)}`));
}

export function addItem(caseId: string, item: NewCaseItem): Promise<CaseItem> {
  return changed(apiSend<CaseItem>('POST', `/cases/${encodeURIComponent(caseId)}/items`, item));
}

export function changeItem(
  caseId: string,
  id: string,
  patch: { text?: string; tags?: string[] },
): Promise<CaseItem> {
  return changed(
    apiSend<CaseItem>('PATCH', `/cases/${encodeURIComponent(caseId)}/items/${encodeURIComponent(id)}`, patch),
  );
}

export function removeItem(caseId: string, id: string): Promise<void> {
  return changed(
    apiSend<void>('DELETE', `/cases/${encodeURIComponent(caseId)}/items/${encodeURIComponent(id)}`),
  );
}
