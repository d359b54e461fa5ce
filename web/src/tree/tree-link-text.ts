/** The address of the page, with the moment up to which events had arrived: it shows the same whenever it is opened. */
export function linkWithMoment(moment: string | null): string {
  const url = new URL(window.location.href);
  if (moment !== null && !url.searchParams.has('asof')) url.searchParams.set('asof', moment);
  return url.toString();
}
