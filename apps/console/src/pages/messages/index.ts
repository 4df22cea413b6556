export { MessageView } from './message-view.js';
export { ResolveButtons } from './resolve-buttons.js';
