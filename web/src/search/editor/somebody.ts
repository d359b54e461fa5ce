const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;

/** Resolves at the first sign of somebody at the page: then is loaded what a page that is only looked at does not need. */
export const somebody: Promise<void> = new Promise((give) => {
  const seen = (): void => {
    for (const sign of signs) removeEventListener(sign, seen, true);
    give();
  };
  for (const sign of signs) addEventListener(sign, seen, true);
});
