export { MessageView } from './message-view.js';
export { Repetitions } from './repetitions.js';
export { ResolveButtons } from './resolve-buttons.js';
