import { hash } from 'node:crypto';
import { FILETIME_EPOCH, type Ticks } from '../../core/ticks.ts';

/**
 * Products without GUIDs name a process by the device, the process id and the moment of its creation, or by a number of the
 * sensor's own. Here both become a text in the form of a GUID, so that everything that joins by GUID joins by it too.
 * The same process gives the same text in every event of the product. `src/lineage/start-key.ts` tells the forms apart.
 */

const MOST_PROCESS_ID = 1n << 32n;
const MOST_FILETIME = 1n << 64n;

/**
 * By device, process id and moment of creation: 8 digits of the device, 8 of the process id, 16 of the FILETIME. This is the
 * form of Carbon Black's own ids. Undefined where the process id or the moment is none.
 */
export function timedKey(device: string, processId: string, created: Ticks): string | undefined {
  if (!/^\d{1,10}$/.test(processId)) return undefined;
  const pid = BigInt(processId);
  const filetime = created + FILETIME_EPOCH;
  if (pid === 0n || pid >= MOST_PROCESS_ID || filetime <= 0n || filetime >= MOST_FILETIME) return undefined;
  return guidOf(deviceDigits(device), hexadecimal(pid, 8), hexadecimal(filetime, 16));
}

/**
 * By a number of the sensor's own: 8 digits of the sensor, 8 zeros, 16 digits of the number; any other text is hashed. The
 * number may be decimal (up to 64 bits). Undefined for 0 and the empty text, which name no process.
 */
export function sensorKey(sensor: string, id: string, base: 'decimal' | 'hexadecimal'): string | undefined {
  const digits = base === 'decimal' ? decimalDigits(id) : hexadecimalDigits(id);
  const plain = digits ?? (id === '' ? undefined : hash('sha256', id.toLowerCase()).slice(0, 16));
  if (plain === undefined || /^0+$/.test(plain)) return undefined;
  return guidOf(deviceDigits(sensor), '00000000', plain);
}

function guidOf(device: string, middle: string, tail: string): string {
  return `${device}-${middle.slice(0, 4)}-${middle.slice(4)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

function deviceDigits(device: string): string {
  const plain = device.toLowerCase();
  return /^[0-9a-f]{32,}$/.test(plain) ? plain.slice(0, 8) : hash('sha256', plain).slice(0, 8);
}

function decimalDigits(id: string): string | undefined {
  if (!/^\d{1,20}$/.test(id)) return undefined;
  const number = BigInt(id);
  return number < MOST_FILETIME ? hexadecimal(number, 16) : undefined;
}

function hexadecimalDigits(id: string): string | undefined {
  return /^[0-9a-f]{1,16}$/i.test(id) ? id.toLowerCase().padStart(16, '0') : undefined;
}

function hexadecimal(number: bigint, digits: number): string {
  return number.toString(16).padStart(digits, '0');
}
