import type { ReactNode } from 'react';
import { useChannelLabel } from '../../api/catalogue.js';
import type { Message, RecipientGroup } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { count } from '../../ui/format.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag } from '../../ui/status-tag.js';
import { Remedies } from '../remedies/index.js';

export interface FateGroupProps {
  readonly message: Message;
  readonly group: RecipientGroup;
  readonly isOn: boolean;
  readonly onPick: () => void;
  readonly onDone: () => void;
}

/** People who share a fate, why, and what can be done for all of them. */
export function FateGroup({ message, group, isOn, onPick, onDone }: FateGroupProps): ReactNode {
  const t = useText();
  const channelLabel = useChannelLabel();
  const { account, channel, reason, remedies, sample, status, text } = group;
  const more = group.count - sample.length;
  // A sentence with a name in it is not about the others.
  const sentence = group.count === 1 || reason === undefined ? text : undefined;
  const target = {
    message: message.id,
    account,
    status,
    ...(reason !== undefined && { reason }),
    ...(message.template !== null && { template: message.template }),
    ...(message.mergedInto !== undefined && { original: message.mergedInto }),
  };
  return (
    <div className={`group ${isOn ? 'is-on' : ''}`}>
      <button type="button" className="group-open" aria-pressed={isOn} onClick={onPick}>
        <div className="row">
          <span className="figure">{count(group.count)}</span>
          <StatusTag status={status} />
        </div>
      </button>
      <div className="strong">
        <ReasonText code={reason} />
      </div>
      {sentence !== undefined && <div className="small">{sentence}</div>}
      <div className="small muted">
        {channelLabel(channel)} · {account}
      </div>
      <div className="small muted mono cut">
        {sample.join(' ')} {more > 0 && t('fate.andMore', { count: count(more) })}
      </div>
      {remedies.length > 0 && (
        <div className="row remedies">
          <Remedies remedies={remedies} target={target} onDone={onDone} size="small" />
        </div>
      )}
    </div>
  );
}
