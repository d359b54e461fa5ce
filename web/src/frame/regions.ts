/** Moves the focus to the next (or previous) part of the page that is marked with `data-region`. */
export function focusNextRegion(back: boolean): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null,
  );
  if (regions.length === 0) return;
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const next = here < 0 ? (back ? regions.length - 1 : 0) : here + (back ? -1 : 1);
  const region = regions[(next + regions.length) % regions.length];
  if (!region) return;
  const target =
    region.querySelector<HTMLElement>('[data-region-focus], .cm-content') ??
    region.querySelector<HTMLElement>('a[href], button:not(:disabled), input, [tabindex="0"]');
  (target ?? region).focus();
}
