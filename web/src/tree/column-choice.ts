import { useCallback, useState } from 'react';
import { type ColumnChoice, columnNames } from './grid-columns.ts';

const place = 'keizu-tree-columns';

function kept(): ColumnChoice {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
    if (typeof raw !== 'object' || raw === null) return {};
    return Object.fromEntries(
      columnNames.flatMap((name) => {
        const value = (raw as Record<string, unknown>)[name];
        return value === 'show' || value === 'hide' ? [[name, value]] : [];
      }),
    );
  } catch {
    return {};
  }
}

/** The columns that a person chose, remembered in this browser. */
export function useColumnChoice(): readonly [ColumnChoice, (choice: ColumnChoice) => void] {
  const [choice, setChoice] = useState(kept);
  const change = useCallback((next: ColumnChoice) => {
    setChoice(next);
    try {
      localStorage.setItem(place, JSON.stringify(next));
    } catch {
      // The choice holds until the page is closed.
    }
  }, []);
  return [choice, change];
}
