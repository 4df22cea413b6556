import type { ReactNode } from 'react';
import type { components } from '../../api/schema.js';
import { usePreferences } from '../../session/preferences.js';
import { useText } from '../../texts/text-provider.js';
import { ContentPreview } from '../../ui/content-preview.js';
import { count, instant } from '../../ui/format.js';

export type DryRun = components['schemas']['DryRunDto'];

interface DryContent {
  readonly channel?: string;
  readonly content?: unknown;
}

/** What a send would do, without anything stored. */
export function DryRunResult({ dryRun }: { readonly dryRun: DryRun }): ReactNode {
  const t = useText();
  const zone = usePreferences();
  return (
    <section className="card stack" aria-live="polite">
      <p>
        ✓ {t('send.dryResult', { people: count(dryRun.recipientCount), calls: count(dryRun.providerCalls) })}
        {dryRun.quietUntil !== undefined && ` ${t('send.quietUntil', { at: instant(dryRun.quietUntil, zone) })}`}
      </p>
      {(dryRun.contents as readonly DryContent[]).map(({ channel, content }, index) => (
        <ContentPreview key={index} channel={channel ?? ''} content={content} />
      ))}
    </section>
  );
}
