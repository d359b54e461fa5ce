import { eventReference, kindNumbers, ObservationBuilder, type Observations } from './observation.ts';

/**
 * The starts and ends of some process ids and the starts that name one as the parent's, with what matters for counting
 * only: reading them from the store gives the same.
 */
export function sampleObservations(observations: Observations, pids: ReadonlySet<number>): Observations {
  const builder = new ObservationBuilder(observations.host);
  const { length, kind, pid, parentPid, texts } = observations;
  const { guid, image, commandLine, parentGuid, parentImage } = observations;
  for (let at = 0; at < length; at++) {
    const start = kind[at] === kindNumbers.start;
    if (!start && kind[at] !== kindNumbers.end) continue;
    if (!pids.has(pid[at] as number) && !(start && pids.has(parentPid[at] as number))) continue;
    const text = (column: Int32Array) => texts.text(column[at] as number);
    const id = (column: Float64Array) => ((column[at] as number) < 0 ? undefined : column[at]);
    builder.add({
      kind: start ? 'start' : 'end',
      event: eventReference(observations, at),
      pid: id(pid),
      guid: text(guid),
      image: text(image),
      ...(start && {
        commandLine: text(commandLine),
        parentPid: id(parentPid),
        parentGuid: text(parentGuid),
        parentImage: text(parentImage),
      }),
    });
  }
  return builder.finish();
}
