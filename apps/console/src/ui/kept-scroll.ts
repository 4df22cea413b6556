import { useEffect, useRef, type RefObject } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/** Places in lists that were left, by the entry of the history that they belong to. */
const places = new Map<string, number>();
const MOST = 50;

export interface KeptScroll {
  /** Where the list was when it was left; 0 when it is new. */
  readonly offset: number;
}

/** Whoever comes back to a list finds it where it was. */
export function useKeptScroll(box: RefObject<HTMLElement | null>, name: string): KeptScroll {
  const { key } = useLocation();
  const isReturn = useNavigationType() === NavigationType.Pop;
  const place = `${key} ${name}`;
  const first = useRef(isReturn ? (places.get(place) ?? 0) : 0);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    if (first.current > 0) element.scrollTop = first.current;
    const remember = (): void => {
      places.delete(place);
      places.set(place, element.scrollTop);
      const [oldest] = places.keys();
      if (places.size > MOST && oldest !== undefined) places.delete(oldest);
    };
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, [box, place]);
  return { offset: first.current };
}
