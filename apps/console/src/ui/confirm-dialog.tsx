import { Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useText } from '../texts/text-provider.js';
import { FaultArea } from './fault-area.js';

export interface Confirmation {
  readonly title: string;
  /** Of a body that needs more room. */
  readonly width?: number;
  /** What will happen, in numbers. */
  readonly body: ReactNode;
  /** A verb and a number, never "OK". */
  readonly verb: string;
  readonly isDanger?: boolean;
  /** Asked for, at least so many characters; 0: may be left empty. Without it nothing is asked. */
  readonly reasonLength?: number;
  /** Has to be typed. */
  readonly typed?: string;
  readonly act: (reason: string) => Promise<unknown>;
}

export interface ConfirmDialogProps {
  readonly confirmation: Confirmation | undefined;
  readonly onClose: () => void;
}

/** Asks before something happens that people notice. Cancel has the focus. */
export function ConfirmDialog({ confirmation, onClose }: ConfirmDialogProps): ReactNode {
  return confirmation === undefined ? null : <Dialog confirmation={confirmation} onClose={onClose} />;
}

function Dialog({
  confirmation,
  onClose,
}: {
  readonly confirmation: Confirmation;
  readonly onClose: () => void;
}): ReactNode {
  const t = useText();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const reasonId = useId();
  const typedId = useId();
  const { title, width, body, verb, isDanger, reasonLength, typed: wanted, act } = confirmation;
  const isComplete = reason.trim().length >= (reasonLength ?? 0) && (wanted === undefined || typed === wanted);

  const confirm = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await act(reason.trim());
      onClose();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };

  return (
    <Modal
      open
      title={title}
      {...(width !== undefined && { width })}
      onCancel={onClose}
      onOk={() => void confirm()}
      okText={verb}
      cancelText={t('action.cancel')}
      okButtonProps={{ danger: isDanger ?? false, disabled: !isComplete, loading: isBusy }}
      cancelButtonProps={{ autoFocus: true }}
    >
      <div className="stack">
        <div>{body}</div>
        {reasonLength !== undefined && (
          <div>
            <label htmlFor={reasonId}>{t(reasonLength > 0 ? 'confirm.reason' : 'confirm.reasonOptional')}</label>
            <Input id={reasonId} value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
          </div>
        )}
        {wanted !== undefined && (
          <div>
            <label htmlFor={typedId}>{t('confirm.type', { wanted })}</label>
            <Input id={typedId} value={typed} autoComplete="off" onChange={({ target }) => setTyped(target.value)} />
          </div>
        )}
        {error !== undefined && <FaultArea error={error} />}
      </div>
    </Modal>
  );
}
