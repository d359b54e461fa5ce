import type { ImageAgreement } from './image-agreement.ts';
import type { Observations } from './observation.ts';
import type { StringPool } from './string-pool.ts';

/** Sensors cut long command lines; from this length on, one that begins as the other agrees with it. */
const MAY_BE_CUT = 1000;

/** Whether two command lines are the same but for blanks around them and a cut end; undefined where one is not known. */
export function sameCommandLine(texts: StringPool, one: number, other: number): boolean | undefined {
  if (one < 0 || other < 0) return undefined;
  if (one === other) return true;
  const first = (texts.text(one) ?? '').trim();
  const second = (texts.text(other) ?? '').trim();
  if (first === second) return true;
  const [short, long] = first.length < second.length ? [first, second] : [second, first];
  return short.length >= MAY_BE_CUT && long.startsWith(short);
}

/** Whether two known numbers of texts are the same; undefined where one is not known. */
function same(column: Int32Array, one: number, other: number): boolean | undefined {
  const first = column[one] as number;
  const second = column[other] as number;
  return first < 0 || second < 0 ? undefined : first === second;
}

/** Whether two start events, close in time and of one process id, may be of one process. */
export function mayBeSameStart(
  observations: Observations,
  images: ImageAgreement,
  one: number,
  other: number,
): boolean {
  const { image, commandLine, logonId, hash, parentPid, texts } = observations;
  if (images.agree(image[one] as number, image[other] as number) === false) return false;
  const commands = sameCommandLine(texts, commandLine[one] as number, commandLine[other] as number);
  if (commands === false) return false;
  const logons = same(logonId, one, other);
  if (logons === false || same(hash, one, other) === false) return false;
  const parentOne = parentPid[one] as number;
  const parentOther = parentPid[other] as number;
  // A spoofed parent makes sensors disagree on it; then all else has to agree.
  if (parentOne >= 0 && parentOther >= 0 && parentOne !== parentOther)
    return commands === true && logons === true;
  return true;
}

/** Whether two start events say exactly the same, but for their time and id. */
export function saysTheSame(observations: Observations, one: number, other: number): boolean {
  const { image, commandLine, logonId, parentPid, parentImage, guid } = observations;
  return (
    image[one] === image[other] &&
    commandLine[one] === commandLine[other] &&
    logonId[one] === logonId[other] &&
    parentPid[one] === parentPid[other] &&
    parentImage[one] === parentImage[other] &&
    guid[one] === guid[other]
  );
}
