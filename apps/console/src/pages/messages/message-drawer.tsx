import { ArrowDownOutlined, ArrowUpOutlined, ExportOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import type { Message } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { MessageView } from './message-view.js';

export interface MessageDrawerProps {
  readonly id: string;
  readonly rows: readonly Message[];
  readonly onClose: () => void;
  readonly onPage: (id: string) => void;
}

/** One message beside the list that it stands in. */
export function MessageDrawer({ id, rows, onClose, onPage }: MessageDrawerProps): ReactNode {
  const t = useText();
  const address = useAddress();
  const index = rows.findIndex((row) => row.id === id);
  const step = (by: number): void => {
    const next = rows[index + by];
    if (next) address.set({ sel: next.id });
  };
  return (
    <Drawer
      open={id !== ''}
      onClose={onClose}
      size={760}
      title={t('message.title')}
      extra={
        <div className="row">
          <Button
            icon={<ArrowUpOutlined />}
            data-key="["
            aria-label={t('message.previous')}
            disabled={index < 1}
            onClick={() => step(-1)}
          />
          <Button
            icon={<ArrowDownOutlined />}
            data-key="]"
            aria-label={t('message.next')}
            disabled={index < 0 || index >= rows.length - 1}
            onClick={() => step(1)}
          />
          <Button icon={<ExportOutlined />} onClick={() => onPage(id)}>
            {t('message.open')}
          </Button>
        </div>
      }
    >
      {id !== '' && <MessageView key={id} id={id} />}
    </Drawer>
  );
}
