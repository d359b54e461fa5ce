import { TICKS_PER_SECOND } from '../core/ticks.ts';
import type { RelativeTimes } from './clock.ts';
import type { ImageAgreement } from './image-agreement.ts';
import { kindNumbers, type Observations } from './observation.ts';
import type { PidSlots } from './pid-slots.ts';
import { NONE } from './process-table.ts';
import { readStartKey } from './start-key.ts';
import { NO_TEXT } from './string-pool.ts';

const SECOND = Number(TICKS_PER_SECOND);

/**
 * Activities whose GUID is not to be trusted, by observation: just after a process id was taken over, Sysmon gives some
 * events (7, 10, 12, 13) the GUID of its former holder. They name the program of the new one, and a GUID that is older than
 * its start. Undefined where there is none.
 */
export function staleGuids(
  { kind, guid, image, texts, length }: Observations,
  times: RelativeTimes,
  slots: PidSlots,
  images: ImageAgreement,
): Uint8Array | undefined {
  let stale: Uint8Array | undefined;
  for (let slot = 0; slot < slots.count; slot++) {
    let holder = NONE;
    for (let at = slots.offsets[slot] as number; at < (slots.offsets[slot + 1] as number); at++) {
      const each = slots.items[at] as number;
      if (kind[each] === kindNumbers.start) holder = each;
      if (kind[each] !== kindNumbers.activity || holder === NONE) continue;
      if (guid[each] === NO_TEXT || guid[each] === guid[holder]) continue;
      if (images.agree(image[each] as number, image[holder] as number) !== true) continue;
      const key = readStartKey(texts.text(guid[each] as number) ?? '');
      if (key === undefined || times.ofSecond(key.second) + SECOND > (times.at[holder] as number)) continue;
      stale ??= new Uint8Array(length);
      stale[each] = 1;
    }
  }
  return stale;
}
