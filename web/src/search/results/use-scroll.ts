import { type RefObject, useCallback, useEffect, useState } from 'react';

/** Where an element is scrolled to, and how much of it is in sight. */
export interface ScrollPlace {
  readonly top: number;
  readonly height: number;
}

export function useScroll(element: RefObject<HTMLElement | null>): ScrollPlace {
  const [place, setPlace] = useState<ScrollPlace>({ top: 0, height: 600 });
  const read = useCallback(() => {
    const scrolled = element.current;
    if (scrolled) setPlace({ top: scrolled.scrollTop, height: scrolled.clientHeight });
  }, [element]);
  useEffect(() => {
    const scrolled = element.current;
    if (!scrolled) return;
    let asked = 0;
    const onScroll = (): void => {
      asked ||= requestAnimationFrame(() => {
        asked = 0;
        read();
      });
    };
    const sizes = new ResizeObserver(read);
    sizes.observe(scrolled);
    scrolled.addEventListener('scroll', onScroll, { passive: true });
    read();
    return () => {
      sizes.disconnect();
      scrolled.removeEventListener('scroll', onScroll);
      cancelAnimationFrame(asked);
    };
  }, [element, read]);
  return place;
}
