export { UsageBar } from './account-quota.js';
export { TokenTag } from './token-tag.js';
