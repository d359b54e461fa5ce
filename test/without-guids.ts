import type { Observations } from '../src/lineage/observation.ts';

/** The same observations as a sensor without GUIDs would have made them. */
export function withoutGuids(observations: Observations): Observations {
  const { length } = observations.guid;
  return {
    ...observations,
    guid: new Int32Array(length).fill(-1),
    parentGuid: new Int32Array(length).fill(-1),
    parentGuidUnusable: new Uint8Array(length),
  };
}
