import { plainGuid } from '../values/plain-guid.ts';

const sensor = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:-[0-9a-f]{8,12})?$/;
const cloud = /^[a-z0-9]{1,16}-([0-9a-f]{8})-([0-9a-f]{8})-[0-9a-f]{8}-([0-9a-f]{12,16})$/;

/**
 * A process's id in one form: sensor or device, process id and FILETIME of the start, as EDR writes it; the number of a segment
 * is taken off. The cloud's (`ORGKEY-device-pid-00000000-FILETIME`) says the same. Any other text names no process.
 */
export function carbonBlackKey(text: string | undefined): string | undefined {
  const plain = text === undefined ? '' : plainGuid(text.trim());
  const own = sensor.exec(plain)?.[1];
  if (own !== undefined) return own;
  const found = cloud.exec(plain);
  if (!found) return undefined;
  const [, device, pid = '', started = ''] = found;
  const filetime = started.padStart(16, '0');
  return `${device}-${pid.slice(0, 4)}-${pid.slice(4)}-${filetime.slice(0, 4)}-${filetime.slice(4)}`;
}

/** The process id that a key has in it; undefined where it is 0. */
export function processIdOfKey(key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  const pid = Number.parseInt(key.slice(9, 13) + key.slice(14, 18), 16);
  return pid > 0 ? String(pid) : undefined;
}
