import { terminalText } from '../core/terminal-text.ts';

/**
 * One line on a terminal that is written over as work goes on. On anything else it stays silent, so that output meant for
 * machines and logs has no progress in it.
 */
export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

const shortestPause = 100;

/** Makes the line for a stream; texts are cut to the terminal's width. */
export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY) return { show() {}, clear() {} };
  let last = 0;
  let shown = false;
  return {
    show(text) {
      const now = performance.now();
      if (now - last < shortestPause) return;
      last = now;
      shown = true;
      stream.write(`\r\u001b[2K${terminalText(text).slice(0, Math.max(10, (stream.columns ?? 80) - 1))}`);
    },
    clear() {
      if (shown) stream.write('\r\u001b[2K');
      shown = false;
    },
  };
}

/** `[#####.....]` for a share between 0 and 1. */
export function progressBar(share: number, width = 24): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}]`;
}
