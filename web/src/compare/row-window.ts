import { type RefObject, useEffect, useState } from 'react';

/** Rows beyond the edges that are drawn too. */
const overscan = 12;

export interface RowWindow {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

/** Which rows of one height are in view of the element that scrolls. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  rows: number,
  height: number,
  head: number,
): RowWindow {
  const [view, setView] = useState({ top: 0, size: 900 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let asked = 0;
    const take = (): void => {
      asked = 0;
      setView({ top: element.scrollTop, size: element.clientHeight });
    };
    const onScroll = (): void => {
      if (asked === 0) asked = requestAnimationFrame(take);
    };
    take();
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(take);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
      cancelAnimationFrame(asked);
    };
  }, [scroller]);
  const first = Math.max(0, Math.floor((view.top - head) / height) - overscan);
  const end = Math.min(rows, Math.ceil((view.top - head + view.size) / height) + overscan);
  return { first, end: Math.max(first, end) };
}
