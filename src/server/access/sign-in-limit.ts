/** Failed tries in a window after which no more are taken. */
const window = 15 * 60_000;
const most = { pair: 5, address: 30, name: 60 };
/** Keys that are remembered. */
const mostKeys = 20_000;

interface Tries {
  count: number;
  since: number;
}

/**
 * Counts failed sign-ins by name and address together, by address and by name. By name many are allowed, so that nobody can
 * lock a user out from afar with a few.
 */
export class SignInLimit {
  readonly #tries = new Map<string, Tries>();

  /** Seconds until another try is taken; 0 now. */
  wait(name: string, address: string, now = Date.now()): number {
    const waits = keys(name, address).map(({ key, limit }) => {
      const tries = this.#tries.get(key);
      if (!tries || now - tries.since >= window || tries.count < limit) return 0;
      return Math.ceil((tries.since + window - now) / 1000);
    });
    return Math.max(...waits);
  }

  /** Counts a try before its password is looked at, so that many at once are counted, too. */
  tried(name: string, address: string, now = Date.now()): void {
    for (const { key } of keys(name, address)) {
      const tries = this.#tries.get(key);
      if (tries && now - tries.since < window) tries.count++;
      else this.#tries.set(key, { count: 1, since: now });
    }
    for (const key of this.#tries.keys()) {
      if (this.#tries.size <= mostKeys) break;
      this.#tries.delete(key);
    }
  }

  succeeded(name: string, address: string): void {
    for (const { key } of keys(name, address)) {
      const tries = this.#tries.get(key);
      if (tries && --tries.count <= 0) this.#tries.delete(key);
    }
    this.#tries.delete(pairKey(name, address));
  }
}

function pairKey(name: string, address: string): string {
  return JSON.stringify([name, address]);
}

function keys(name: string, address: string): readonly { readonly key: string; readonly limit: number }[] {
  return [
    { key: pairKey(name, address), limit: most.pair },
    { key: `address ${address}`, limit: most.address },
    { key: `name ${name}`, limit: most.name },
  ];
}
