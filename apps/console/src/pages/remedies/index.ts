export { placeOfRemedy } from './remedy-target.js';
export type { RemedyTarget } from './remedy-target.js';
export { Remedies } from './remedies.js';
