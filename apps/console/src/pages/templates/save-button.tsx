import { useQueryClient } from '@tanstack/react-query';
import { App, type FormInstance } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, api } from '../../api/client.js';
import type { NewTemplate } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { namePathOf } from '../../ui/form-faults.js';
import { GatedButton } from '../../ui/gate.js';
import type { Draft, Loaded } from './draft.js';

interface SaveButtonProps {
  readonly form: FormInstance<Draft>;
  readonly draft: NewTemplate;
  readonly loaded: Loaded | undefined;
  readonly isDirty: boolean;
  readonly onSaved: () => void;
  readonly onError: (error: unknown) => void;
}

/** Makes a new draft version; faults of the server stand at their fields. */
export function SaveButton({ form, draft, loaded, isDirty, onSaved, onError }: SaveButtonProps): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message: notice } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const isComplete = await form.validateFields().then(
      () => true,
      () => false,
    );
    if (!isComplete) return;
    setBusy(true);
    onError(undefined);
    try {
      if (loaded) {
        const headers = loaded.tag === undefined ? {} : { 'if-match': loaded.tag };
        await api.PUT('/v1/templates/{code}', { params: { path: { code: draft.code } }, body: draft, headers });
      } else await api.POST('/v1/templates', { body: draft });
      onSaved();
      void notice.success(t('templates.saved'));
      for (const key of [['templates'], ['template', draft.code], ['template-versions', draft.code]])
        await client.invalidateQueries({ queryKey: key });
      if (!loaded) void navigate(`/templates/${draft.code}`);
    } catch (refusal) {
      showFaults(form, refusal);
      onError(refusal);
    } finally {
      setBusy(false);
    }
  };
  useSaveKey(isDirty, () => void save());
  return (
    <GatedButton scope="templates:write" disabled={!isDirty} loading={isBusy} onClick={() => void save()}>
      {t('templates.save')}
    </GatedButton>
  );
}

/** Accounts are chosen in one field, whether the API calls it one account or a pool. */
function showFaults(form: FormInstance<Draft>, error: unknown): void {
  const faults = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  const named = faults.map(({ pointer, message }) => ({
    name: namePathOf(pointer?.replace(/^(\/routes\/\d+)\/accounts?\b.*/, '$1/pool')) as never,
    errors: [message],
  }));
  form.setFields(named);
  const first = named[0];
  if (first) form.scrollToField(first.name, { focus: true });
}

function useSaveKey(isOn: boolean, save: () => void): void {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [isOn]);
}
