import { useQueryClient } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import type { Template } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { GatedButton, useMay } from '../../ui/gate.js';
import { usePublish } from './use-publish.js';

interface ActionsProps {
  readonly template: Template;
  readonly isDirty: boolean;
  /** Undefined while the server is being asked. */
  readonly faults: number | undefined;
}

/** What is done with a template as a whole. */
export function TemplateActions({ template, isDirty, faults }: ActionsProps): ReactNode {
  const t = useText();
  const may = useMay();
  const navigate = useNavigate();
  const address = useAddress();
  const publish = usePublish(template);
  const toggle = useToggle(template);
  const [asked, setAsked] = useState<Confirmation>();
  const { code, version, publishedVersion, enabled } = template;
  const isLive = publishedVersion === version;
  const why = isDirty ? t('publish.unsaved') : faults ? t('publish.blocked', { count: faults }) : undefined;
  return (
    <>
      <GatedButton scope="templates:write" onClick={() => setAsked(toggle)}>
        {t(enabled === false ? 'enable.open' : 'disable.open')}
      </GatedButton>
      {may('messages:recall') && (
        <GatedButton scope="messages:recall" danger onClick={() => void navigate(`/recalls/new?template=${code}`)}>
          {t('recalls.new')}
        </GatedButton>
      )}
      {may('messages:send') && (
        <GatedButton scope="messages:send" onClick={() => address.set({ send: code })}>
          {t('send.title')}
        </GatedButton>
      )}
      <Tooltip title={why}>
        <span>
          <GatedButton
            scope="templates:write"
            type="primary"
            disabled={isLive || why !== undefined || faults === undefined}
            onClick={() => setAsked(publish(version))}
          >
            {t('publish.open', { version })}
          </GatedButton>
        </span>
      </Tooltip>
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}

function useToggle({ code, name, enabled }: Template): Confirmation {
  const t = useText();
  const client = useQueryClient();
  const params = { path: { code } };
  const isOff = enabled === false;
  return {
    title: t(isOff ? 'enable.title' : 'disable.title', { name }),
    body: t(isOff ? 'enable.body' : 'disable.body'),
    verb: t(isOff ? 'enable.verb' : 'disable.verb'),
    isDanger: !isOff,
    ...(!isOff && { reasonLength: 4 }),
    act: async (reason) => {
      if (isOff) await api.POST('/v1/templates/{code}/enable', { params });
      else await api.POST('/v1/templates/{code}/disable', { params, body: { reason } });
      for (const key of [['template', code], ['templates']]) await client.invalidateQueries({ queryKey: key });
    },
  };
}
