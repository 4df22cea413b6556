export { placeholdersOf } from './draft.js';
