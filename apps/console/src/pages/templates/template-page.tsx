import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { api } from '../../api/client.js';
import type { Template } from '../../api/types.js';
import { FaultArea } from '../../ui/fault-area.js';
import type { Loaded } from './draft.js';
import { TemplateEditor } from './template-editor.js';

async function load(code: string): Promise<Loaded> {
  const { data, response } = await api.GET('/v1/templates/{code}', { params: { path: { code } } });
  return { template: data as unknown as Template, tag: response.headers.get('etag') ?? undefined };
}

export default function TemplatePage(): ReactNode {
  const { code = '' } = useParams();
  const isNew = code === 'new';
  const { data, error, refetch } = useQuery({
    queryKey: ['template', code],
    queryFn: () => load(code),
    enabled: !isNew,
  });
  if (isNew) return <TemplateEditor key="new" />;
  if (error !== null) return <FaultArea error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active={false} />;
  return <TemplateEditor key={`${code} ${data.template.version}`} loaded={data} />;
}
