import Sequencer from '@jest/test-sequencer';

/** Projects by the time that their longest file takes: a long file that begins last keeps one processor waiting. */
const ORDER = ['faults', 'browser', 'e2e', 'integration', 'architecture', 'contract', 'unit'];

const rank = ({ context }) => ORDER.indexOf(context.config.displayName?.name ?? '');

/** Project by project, within one as Jest has it: failed before, then longest, or largest when never timed. */
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return [...sorted].sort((one, other) => rank(one) - rank(other));
  }
}
