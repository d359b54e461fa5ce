import { changedBranches, type OpenState } from './open-state.ts';

/** Positions in ascending order as short text: the steps between them, in base 36. */
function packPositions(positions: readonly number[]): string {
  let before = 0;
  const steps = positions.map((at) => {
    const step = at - before;
    before = at;
    return step.toString(36);
  });
  return steps.join('.');
}

function unpackPositions(text: string, size: number): number[] {
  const positions: number[] = [];
  let at = 0;
  for (const step of text === '' ? [] : text.split('.')) {
    at += Number.parseInt(step, 36);
    if (!Number.isSafeInteger(at) || at < 0 || at >= size) return [];
    positions.push(at);
  }
  return positions;
}

/** Links longer than this are cut by mail programs and proxies. */
const longestCode = 1500;

/**
 * The open branches and groups as they differ from the first state: `size~branches~groups`. `undefined` where nothing
 * differs, or where it would not fit into a link.
 */
export function openCode(initial: OpenState, state: OpenState): string | undefined {
  const branches = changedBranches(initial, state);
  const groups = [...state.groups].sort((left, right) => left - right);
  if (branches.length === 0 && groups.length === 0) return undefined;
  const code = `${state.branches.length.toString(36)}~${packPositions(branches)}~${packPositions(groups)}`;
  return code.length > longestCode ? undefined : code;
}

/** The state that a code tells; the first state where the code was made of another tree. */
export function openFromCode(initial: OpenState, code: string | undefined): OpenState {
  const [size = '', branches = '', groups = ''] = (code ?? '').split('~');
  const length = initial.branches.length;
  if (Number.parseInt(size, 36) !== length) return initial;
  const open = initial.branches.slice();
  for (const at of unpackPositions(branches, length)) open[at] = open[at] === 1 ? 0 : 1;
  return { branches: open, groups: new Set(unpackPositions(groups, length)) };
}
