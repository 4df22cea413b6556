import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { downloadFile } from '../../api/download.js';
import { useText } from '../../texts/text-provider.js';
import { faultSentence } from '../../ui/fault-area.js';

type Query = object;

/** As the export takes them: lists in one parameter each. */
function pathOf(query: Query): string {
  const values = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return `/v1/messages/export?${new URLSearchParams(values).toString()}`;
}

/** The list as it is filtered, in a file for spreadsheets. */
export function ExportButton({ query }: { readonly query: Query }): ReactNode {
  const t = useText();
  const { message: notice } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      await downloadFile(pathOf(query));
    } catch (error) {
      void notice.error(faultSentence(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button data-key="e" icon={<DownloadOutlined />} loading={isBusy} onClick={() => void save()}>
      {t('messages.export')}
    </Button>
  );
}
