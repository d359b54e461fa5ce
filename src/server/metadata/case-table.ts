import { randomUUID } from 'node:crypto';
import type { Database } from 'lmdb';
import type { Pin } from '../contracts/cases.ts';

/** A case as it is kept. Times are milliseconds since 1970. */
export interface StoredCase {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: 'open' | 'closed';
  readonly tags: readonly string[];
  readonly createdBy: string;
  readonly created: number;
  readonly updated: number;
  /** How many items it has. */
  readonly items: number;
}

/** A note or tag of a case, pinned to evidence by its id. */
export interface StoredCaseItem {
  readonly id: string;
  readonly caseId: string;
  readonly pin: Pin;
  readonly text: string;
  readonly tags: readonly string[];
  readonly author: string;
  readonly created: number;
  readonly updated: number;
}

/** What of a case or an item can be changed. */
export type CaseChange = Partial<Pick<StoredCase, 'name' | 'description' | 'status' | 'tags'>>;
export type CaseItemChange = Partial<Pick<StoredCaseItem, 'text' | 'tags'>>;

/** Limits: what people write by hand stays far below them. */
export const mostCases = 10_000;
export const mostItems = 5_000;

/** Cases with their items, which all users share. */
export class CaseTable {
  readonly #cases: Database<StoredCase, string>;
  /** By the case's id, a line feed and the item's: items of a case lie beside each other. */
  readonly #items: Database<StoredCaseItem, string>;

  constructor(cases: Database<StoredCase, string>, items: Database<StoredCaseItem, string>) {
    this.#cases = cases;
    this.#items = items;
  }

  /** The one that was changed last comes first. */
  list(): readonly StoredCase[] {
    return [...this.#cases.getRange()]
      .map(({ value }) => value)
      .toSorted((one, other) => other.updated - one.updated);
  }

  find(id: string): StoredCase | undefined {
    return this.#cases.get(id);
  }

  /** Undefined where there are too many. */
  async add(
    made: Pick<StoredCase, 'name' | 'description' | 'tags' | 'createdBy'>,
  ): Promise<StoredCase | undefined> {
    return this.#cases.transaction(() => {
      if (this.#cases.getCount() >= mostCases) return undefined;
      const now = Date.now();
      const added: StoredCase = {
        ...made,
        id: randomUUID(),
        status: 'open',
        created: now,
        updated: now,
        items: 0,
      };
      this.#cases.put(added.id, added);
      return added;
    });
  }

  /** Undefined where no case has the id. */
  async change(id: string, change: CaseChange): Promise<StoredCase | undefined> {
    return this.#cases.transaction(() => {
      const known = this.#cases.get(id);
      if (!known) return undefined;
      const changed = { ...known, ...change, updated: Date.now() };
      this.#cases.put(id, changed);
      return changed;
    });
  }

  /** Removes a case with its items; gives it as it was. */
  async remove(id: string): Promise<StoredCase | undefined> {
    return this.#cases.transaction(() => {
      const known = this.#cases.get(id);
      if (!known) return undefined;
      for (const key of [...this.#items.getKeys(rangeOf(id))]) this.#items.remove(key);
      this.#cases.remove(id);
      return known;
    });
  }

  /** Items of a case, oldest first. */
  items(caseId: string): readonly StoredCaseItem[] {
    return [...this.#items.getRange(rangeOf(caseId))]
      .map(({ value }) => value)
      .toSorted((one, other) => one.created - other.created);
  }

  /** Items of all cases that pass a test, oldest first. */
  itemsWhere(test: (item: StoredCaseItem) => boolean): readonly StoredCaseItem[] {
    return [...this.#items.getRange()]
      .map(({ value }) => value)
      .filter(test)
      .toSorted((one, other) => one.created - other.created);
  }

  /** `absent`: no case has the id; `full`: it has too many items. */
  async addItem(
    caseId: string,
    made: Pick<StoredCaseItem, 'pin' | 'text' | 'tags' | 'author'>,
  ): Promise<StoredCaseItem | 'absent' | 'full'> {
    return this.#cases.transaction(() => {
      const known = this.#cases.get(caseId);
      if (!known) return 'absent';
      if (known.items >= mostItems) return 'full';
      const now = Date.now();
      const added: StoredCaseItem = { ...made, id: randomUUID(), caseId, created: now, updated: now };
      this.#items.put(itemKey(caseId, added.id), added);
      this.#cases.put(caseId, { ...known, items: known.items + 1, updated: now });
      return added;
    });
  }

  async changeItem(caseId: string, id: string, change: CaseItemChange): Promise<StoredCaseItem | undefined> {
    return this.#cases.transaction(() => {
      const known = this.#items.get(itemKey(caseId, id));
      const of = this.#cases.get(caseId);
      if (!known || !of) return undefined;
      const changed = { ...known, ...change, updated: Date.now() };
      this.#items.put(itemKey(caseId, id), changed);
      this.#cases.put(caseId, { ...of, updated: changed.updated });
      return changed;
    });
  }

  async removeItem(caseId: string, id: string): Promise<boolean> {
    return this.#cases.transaction(() => {
      const of = this.#cases.get(caseId);
      if (!of || !this.#items.get(itemKey(caseId, id))) return false;
      this.#items.remove(itemKey(caseId, id));
      this.#cases.put(caseId, { ...of, items: of.items - 1, updated: Date.now() });
      return true;
    });
  }
}

function itemKey(caseId: string, id: string): string {
  return `${caseId}\n${id}`;
}

function rangeOf(caseId: string): { readonly start: string; readonly end: string } {
  return { start: `${caseId}\n`, end: `${caseId}\n\uffff` };
}
