import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useText } from '../../texts/text-provider.js';
import { PageHead } from '../../ui/page-head.js';
import { MessageView } from './message-view.js';

export default function MessagePage(): ReactNode {
  const t = useText();
  const { id = '' } = useParams();
  return (
    <div className="page">
      <PageHead title={t('message.title')} lead={<Link to="/messages">{t('message.back')}</Link>} />
      <div className="card">
        <MessageView key={id} id={id} />
      </div>
    </div>
  );
}
