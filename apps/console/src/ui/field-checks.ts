import { createContext, useContext } from 'react';
import type { Fault, RoutePreview } from '../api/types.js';

type Counter = RoutePreview['counters'][number];

/** What the server says about a field while it is being written. */
export interface FieldCheck {
  readonly counter?: Counter;
  readonly faults: readonly Fault[];
}

/** By JSON pointer into what the form holds. */
export type FieldChecks = ReadonlyMap<string, FieldCheck>;

const NONE: FieldCheck = { faults: [] };

export const FieldChecksContext = createContext<FieldChecks>(new Map());

/** Where a value lies in the form. */
export type FieldPath = readonly (string | number)[];

export const pointerTo = (path: FieldPath): string =>
  path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');

export const useFieldCheck = (path: FieldPath): FieldCheck =>
  useContext(FieldChecksContext).get(pointerTo(path)) ?? NONE;
