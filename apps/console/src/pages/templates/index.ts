export { placeholdersOf } from './template-preview.js';
