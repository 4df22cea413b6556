import { describe } from '@jest/globals';
import type { ChannelDefinition } from '../channel.js';
import { describeBodies } from './contract-bodies.js';
import { describeCalls } from './contract-calls.js';
import type { ContractHarness } from './contract-harness.js';
import { describeMetadata } from './contract-metadata.js';
import { describeUploads } from './contract-uploads.js';
import { describeReceipts } from './contract-receipts.js';

export type { ContractHarness, ContractOutcome, RefusalCase } from './contract-harness.js';

/**
 * The suite that every channel passes: complete metadata, pure bodies, success only by the body's code, refusals per
 * addressee, tokens, recall, receipts, uploads, and no secret in anything that a call leaves behind. Nothing leaves the process.
 */
export function describeChannelContract<Account extends object>(
  definition: ChannelDefinition<Account>,
  harness: ContractHarness<Account>,
): void {
  describe(`the channel ${definition.name}`, () => {
    const subject = { definition, harness };
    describeMetadata(subject);
    describeBodies(subject);
    describeCalls(subject);
    if (definition.media) describeUploads(subject, definition.media);
    describeReceipts(subject);
  });
}
