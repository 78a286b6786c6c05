// How wide the place of a drawing is: a drawing is made for the room that there is, and never scaled.
import { type RefObject, useLayoutEffect, useState } from 'react';

/** Narrower, a drawing would say nothing. */
const LEAST = 280;

export function useWidth(place: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(LEAST);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = () => setWidth(Math.max(LEAST, Math.floor(element.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return width;
}
