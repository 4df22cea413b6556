import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import type { Template } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import type { Confirmation } from '../../ui/confirm-dialog.js';
import { VersionDiff } from './version-diff.js';

type Named = Pick<Template, 'code' | 'name' | 'publishedVersion'>;

/** Asks with everything that would change for new messages. An older version may be published again. */
export function usePublish({ code, name, publishedVersion }: Named): (version: number) => Confirmation {
  const t = useText();
  const client = useQueryClient();
  return (version) => ({
    title: t('publish.title', { name, version }),
    width: 880,
    body: (
      <div className="stack">
        <p>{t('publish.body')}</p>
        {publishedVersion === null ? (
          <p className="second">{t('publish.first')}</p>
        ) : (
          <VersionDiff code={code} before={publishedVersion} after={version} />
        )}
      </div>
    ),
    verb: t('publish.verb', { version }),
    act: async () => {
      const params = { path: { code, version: String(version) } };
      await api.POST('/v1/templates/{code}/versions/{version}/publish', { params });
      for (const key of [['template', code], ['templates'], ['template-versions', code]])
        await client.invalidateQueries({ queryKey: key });
    },
  });
}
