import { Checkbox, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../texts/text-provider.js';
import { CopyButton } from '../../ui/copy-button.js';

/** The one time that a key is shown. */
export function ShownKeyDialog({
  value,
  onClose,
}: {
  readonly value: string;
  readonly onClose: () => void;
}): ReactNode {
  const t = useText();
  const [isKept, setKept] = useState(false);
  return (
    <Modal
      open
      title={t('keys.shownTitle')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      okText={t('keys.shownClose')}
      okButtonProps={{ disabled: !isKept }}
      cancelButtonProps={{ hidden: true }}
      onOk={onClose}
    >
      <div className="stack">
        <p>{t('keys.shownOnce')}</p>
        <pre className="code" tabIndex={0}>
          {value}
        </pre>
        <CopyButton text={value} label={t('copy.do')} />
        <div>
          <Checkbox checked={isKept} onChange={({ target }) => setKept(target.checked)}>
            {t('keys.kept')}
          </Checkbox>
        </div>
      </div>
    </Modal>
  );
}
