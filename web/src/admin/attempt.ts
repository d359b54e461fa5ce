import i18next from 'i18next';
import { ApiFailure } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { notify } from '../frame/notices.ts';

/** Does a change and reads the list anew; says what the server says where it refuses. Gives whether it was done. */
export async function attempt(list: string, change: () => Promise<unknown>): Promise<boolean> {
  try {
    await change();
    await queryClient.invalidateQueries({ queryKey: [list] });
    return true;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    const message = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
    notify({ kind: 'error', text: i18next.getFixedT(null, 'admin')('failed', { message }) });
    return false;
  }
}
