import { useSyncExternalStore } from 'react';
import type { Hunt } from '../../../../src/server/contracts/hunts.ts';

/** A step of the hunt that is worked on in this tab. */
export interface WorkingStep {
  /** Empty where a person gave none; then it is named after its text. */
  readonly title: string;
  readonly text: string;
  readonly earliest: string | undefined;
  readonly latest: string | undefined;
  /** Whether the text as it stands was run. */
  readonly ran: boolean;
}

export interface WorkingHunt {
  /** Of the saved hunt, once it is one. */
  readonly id: string | undefined;
  readonly name: string;
  readonly steps: readonly WorkingStep[];
}

export const emptyStep: WorkingStep = {
  title: '',
  text: '',
  earliest: undefined,
  latest: undefined,
  ran: false,
};
const emptyHunt: WorkingHunt = { id: undefined, name: '', steps: [emptyStep] };
const place = 'keizu-hunt';
const listeners = new Set<() => void>();

let hunt = kept();

function kept(): WorkingHunt {
  try {
    const found: Partial<WorkingHunt> | null = JSON.parse(sessionStorage.getItem(place) ?? 'null');
    if (!found || !Array.isArray(found.steps) || found.steps.length === 0) return emptyHunt;
    return {
      id: found.id,
      name: found.name ?? '',
      steps: found.steps.map((step) => ({ ...emptyStep, ...step })),
    };
  } catch {
    return emptyHunt;
  }
}

export function workingHunt(): WorkingHunt {
  return hunt;
}

export function setWorkingHunt(next: WorkingHunt): void {
  hunt = next;
  try {
    sessionStorage.setItem(place, JSON.stringify(next));
  } catch {
    // A hunt too long to be kept still works until the tab is closed.
  }
  for (const listener of listeners) listener();
}

/** Changes a step; a step behind the last is added. Gives the place where it stands. */
export function changeStep(at: number, change: Partial<WorkingStep>): number {
  const to = Math.min(at, hunt.steps.length);
  const steps = [...hunt.steps];
  steps[to] = { ...(steps[to] ?? emptyStep), ...change };
  setWorkingHunt({ ...hunt, steps });
  return to;
}

export function removeStep(at: number): void {
  const steps = hunt.steps.filter((_, place) => place !== at);
  setWorkingHunt({ ...hunt, steps: steps.length === 0 ? [emptyStep] : steps });
}

export function newHunt(): void {
  setWorkingHunt(emptyHunt);
}

export function openHunt(saved: Hunt): WorkingHunt {
  const steps = saved.steps.map((step) => ({
    ...emptyStep,
    title: step.title,
    text: step.text,
    earliest: step.earliest ?? undefined,
    latest: step.latest ?? undefined,
  }));
  setWorkingHunt({ id: saved.id, name: saved.name, steps: steps.length === 0 ? [emptyStep] : steps });
  return hunt;
}

export function useWorkingHunt(): WorkingHunt {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hunt,
  );
}

/** A step's name: its own, or its last command, or what it looks for. */
export function stepName(step: WorkingStep): string {
  if (step.title !== '') return step.title;
  const text = step.text.trim().replaceAll(/\s+/g, ' ');
  const last = text.slice(text.lastIndexOf('|') + 1).trim();
  return last.length > 26 ? `${last.slice(0, 25)}…` : last;
}
