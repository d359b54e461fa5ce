import { useEffect, useSyncExternalStore } from 'react';

/** A line of the key sheet: `keys` as drawn (`['Ctrl', 'K']` pressed together; `['[', ']']` with `either`), and what they do. */
export interface KeyLine {
  readonly keys: readonly string[];
  /** The keys are alternatives, not pressed together. */
  readonly either?: boolean;
  readonly does: string;
}

/** The keys of one area, under its head. */
export interface KeyGroup {
  readonly title: string;
  readonly lines: readonly KeyLine[];
}

let groups: readonly KeyGroup[] = [];
const listeners = new Set<() => void>();

function set(next: readonly KeyGroup[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

/** Adds an area's keys to the key sheet while the area is on the page. The group must keep its identity (`useMemo`). */
export function useKeyGroup(group: KeyGroup): void {
  useEffect(() => {
    set([...groups, group]);
    return () => set(groups.filter((other) => other !== group));
  }, [group]);
}

export function useKeyGroups(): readonly KeyGroup[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => groups,
  );
}

/** Whether a key press goes to a field in which a person writes. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Whether a press is that chord: `Ctrl+K`, `Ctrl+Enter`, `F6`, `Shift+F6`, `?`. On a Mac, Command counts as Ctrl. */
export function isChord(event: KeyboardEvent, chord: string): boolean {
  const pieces = chord.split('+');
  const key = pieces.pop() ?? '';
  const symbol = key.length === 1 && !/[a-z0-9]/i.test(key);
  if ((event.ctrlKey || event.metaKey) !== pieces.includes('Ctrl')) return false;
  if (event.altKey !== pieces.includes('Alt')) return false;
  if (!symbol && event.shiftKey !== pieces.includes('Shift')) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

/**
 * Calls `act` when the chord is pressed anywhere on the page; chords of one character do not work while a person writes.
 * What handled the press before (`preventDefault`) keeps it.
 */
export function useHotkey(chord: string, act: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !isChord(event, chord)) return;
      if (chord.length === 1 && isWriting(event.target)) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [chord, act]);
}
