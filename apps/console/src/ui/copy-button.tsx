import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../texts/text-provider.js';

const SHOWN_MS = 2_000;

export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }): ReactNode {
  const t = useText();
  const { message } = App.useApp();
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MS);
    } catch {
      void message.error(t('copy.failed'));
    }
  };
  const name = t(isCopied ? 'copy.done' : 'copy.do');
  return (
    <Button
      size="small"
      type={label === undefined ? 'text' : 'default'}
      icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
      onClick={() => void copy()}
      {...(label === undefined && { 'aria-label': name, title: name })}
    >
      {label !== undefined && (isCopied ? name : label)}
    </Button>
  );
}
