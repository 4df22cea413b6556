import { App, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Remedy } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { faultSentence } from '../../ui/fault-area.js';
import { GatedButton } from '../../ui/gate.js';
import { placeOfRemedy, type RemedyTarget } from './remedy-target.js';
import { useRemedyActs } from './remedy-acts.js';

export interface RemediesProps {
  readonly remedies: readonly Remedy[];
  readonly target: RemedyTarget;
  readonly onDone: () => void;
  readonly size?: 'small' | 'middle';
}

/** What can be done about a reason: acts here, leads to the page where it is done, or is said as advice. */
export function Remedies({ remedies, target, onDone, size = 'middle' }: RemediesProps): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const { message: notice } = App.useApp();
  const [asked, setAsked] = useState<Confirmation>();
  const [busy, setBusy] = useState<string>();
  const acts = useRemedyActs(target, (text) => {
    void notice.success(text);
    onDone();
  });
  const prepare = async (id: string, ask: () => Promise<Confirmation>): Promise<void> => {
    setBusy(id);
    try {
      setAsked(await ask());
    } catch (error) {
      void notice.error(faultSentence(error, t));
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <>
      {remedies.map(({ id, label }, index) => {
        const ask = acts[id];
        const place = placeOfRemedy(id, target);
        const type = index === 0 ? 'primary' : 'default';
        if (ask) {
          const press = (): void => void prepare(id, ask);
          return (
            <GatedButton
              key={id}
              scope="messages:send"
              type={type}
              size={size}
              ghost={index === 0}
              loading={busy === id}
              onClick={press}
            >
              {label}
            </GatedButton>
          );
        }
        if (place === undefined) {
          return (
            <span key={id} className="small second">
              {label}
            </span>
          );
        }
        return (
          <Button key={id} type={type} size={size} ghost={index === 0} onClick={() => void navigate(place)}>
            {label}
          </Button>
        );
      })}
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}
