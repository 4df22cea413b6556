import { Input, Segmented, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import type { NewTemplate, RoutePreview } from '../../api/types.js';
import { usePreferences, type Theme } from '../../session/preferences.js';
import { useText } from '../../texts/text-provider.js';
import { ContentPreview } from '../../ui/content-preview.js';
import { FaultArea } from '../../ui/fault-area.js';
import { placeholdersOf, type Sample, type Samples } from './draft.js';
import { TemplateProblems } from './template-problems.js';
import type { DraftCheck } from './use-draft-check.js';

interface PreviewProps {
  readonly draft: NewTemplate;
  readonly check: DraftCheck;
  readonly samples: Samples;
  readonly onSamples: (samples: Samples) => void;
}

/** The draft as people will see it, beside what is wrong with it, while it is being written. */
export function TemplatePreview({ draft, check, samples, onSamples }: PreviewProps): ReactNode {
  const t = useText();
  const preferences = usePreferences();
  const [sample, setSample] = useState<Sample>('typical');
  const [theme, setTheme] = useState<Theme>();
  const [isWide, setWide] = useState(false);
  const routes = check.routes[sample];
  const shownTheme = theme ?? preferences.theme;
  return (
    <aside className="card sticky stack" aria-label={t('preview.title')}>
      <div className="row">
        <h2 className="grow">{t('preview.title')}</h2>
        <Segmented<string>
          size="small"
          aria-label={t('preview.device')}
          value={isWide ? 'wide' : 'phone'}
          onChange={(value) => setWide(value === 'wide')}
          options={[
            { value: 'phone', label: t('preview.phone') },
            { value: 'wide', label: t('preview.desktop') },
          ]}
        />
        <Segmented<Theme>
          size="small"
          aria-label={t('preview.theme')}
          value={shownTheme}
          onChange={setTheme}
          options={[
            { value: 'light', label: t('theme.light') },
            { value: 'dark', label: t('theme.dark') },
          ]}
        />
      </div>
      <SampleValues draft={draft} sample={sample} samples={samples} onSample={setSample} onSamples={onSamples} />
      {routes.length === 0 && check.error === null && <p className="muted">{t('preview.empty')}</p>}
      {check.error !== null && <FaultArea error={check.error} />}
      <div className="preview-list">
        {routes.map((route) => (
          <ContentPreview
            key={route.no}
            channel={route.channel}
            content={route.content}
            mentions={mentionsOf(route)}
            theme={shownTheme}
            isWide={isWide}
            isRefused={route.faults.length > 0}
          />
        ))}
      </div>
      <TemplateProblems problems={check.problems} />
    </aside>
  );
}

/** Whom the route mentions, in words. */
const mentionsOf = ({ mentions }: RoutePreview): readonly string[] =>
  mentions.map((mention: unknown) => {
    if (typeof mention !== 'object' || mention === null) return String(mention);
    const [name = '', value] = Object.entries(mention)[0] ?? [];
    return name === 'all' ? 'all' : String(value);
  });

interface SampleProps {
  readonly draft: NewTemplate;
  readonly sample: Sample;
  readonly samples: Samples;
  readonly onSample: (sample: Sample) => void;
  readonly onSamples: (samples: Samples) => void;
}

/** Values to look at it with; both sets are checked, whichever is shown. */
function SampleValues({ draft, sample, samples, onSample, onSamples }: SampleProps): ReactNode {
  const t = useText();
  const names = placeholdersOf(draft.routes);
  if (names.length === 0) return null;
  const exampleOf = (name: string): string =>
    String(draft.variables?.find((variable) => variable.name === name)?.example ?? '');
  return (
    <div className="stack-tight">
      <label className="row small">
        {t('preview.sample')}
        <Select<Sample>
          size="small"
          value={sample}
          onChange={onSample}
          aria-label={t('preview.sample')}
          options={(['typical', 'longest'] as const).map((value) => ({ value, label: t(`preview.sample.${value}`) }))}
          style={{ minWidth: 120 }}
        />
      </label>
      <div className="columns">
        {names.map((name) => (
          <label key={name} className="small">
            <span className="mono">{name}</span>
            <Input
              size="small"
              value={samples[sample][name] ?? ''}
              placeholder={(sample === 'longest' && samples.typical[name]) || exampleOf(name)}
              onChange={({ target }) =>
                onSamples({ ...samples, [sample]: { ...samples[sample], [name]: target.value } })
              }
            />
          </label>
        ))}
      </div>
    </div>
  );
}
