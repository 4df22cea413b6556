import { Checkbox, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../texts/text-provider.js';
import { CopyButton } from './copy-button.js';

export interface SecretDialogProps {
  readonly title: string;
  readonly value: string;
  /** What it is good for. */
  readonly children?: ReactNode;
  readonly onClose: () => void;
}

/** The one time that a secret is shown: it closes by a tick that it was kept, not by accident. */
export function SecretDialog({ title, value, children, onClose }: SecretDialogProps): ReactNode {
  const t = useText();
  const [isKept, setKept] = useState(false);
  return (
    <Modal
      open
      title={title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      okText={t('secret.close')}
      okButtonProps={{ disabled: !isKept }}
      cancelButtonProps={{ hidden: true }}
      onOk={onClose}
    >
      <div className="stack">
        {children !== undefined && <p>{children}</p>}
        <p>{t('secret.once')}</p>
        <pre className="code" tabIndex={0}>
          {value}
        </pre>
        <CopyButton text={value} label={t('copy.do')} />
        <div>
          <Checkbox checked={isKept} onChange={({ target }) => setKept(target.checked)}>
            {t('secret.kept')}
          </Checkbox>
        </div>
      </div>
    </Modal>
  );
}
