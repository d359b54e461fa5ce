import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
export type Language = 'en' | 'ja';

/** What a person chose for this browser. Never part of a link. */
export interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
  /** An IANA name. */
  readonly zone: string;
  /** Width of the process panel, in pixels. */
  readonly panelWidth: number;
  readonly wrap: boolean;
}

const place = 'keizu';
const listeners = new Set<() => void>();

export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function initial(): Preferences {
  const language: Language = navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en';
  const plain: Preferences = { theme: 'system', language, zone: browserZone, panelWidth: 352, wrap: false };
  let kept: Record<string, unknown>;
  try {
    kept = JSON.parse(localStorage.getItem(place) ?? '{}');
  } catch {
    return plain;
  }
  return {
    theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
    language: kept.language === 'en' || kept.language === 'ja' ? kept.language : language,
    zone: typeof kept.zone === 'string' && isZone(kept.zone) ? kept.zone : browserZone,
    panelWidth: typeof kept.panelWidth === 'number' ? kept.panelWidth : 352,
    wrap: kept.wrap === true,
  };
}

/** Whether the browser knows a zone by that name. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

let current = initial();

export function preferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(place, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing still honours the choice until it is closed.
  }
  applyPreferences();
  for (const listener of listeners) listener();
}

/** Puts theme and language on the document. */
export function applyPreferences(): void {
  const root = document.documentElement;
  root.lang = current.language;
  if (current.theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = current.theme;
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(onPreferences, preferences);
}
