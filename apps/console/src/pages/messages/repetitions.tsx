import type { ReactNode } from 'react';
import { useChannels } from '../../api/catalogue.js';
import { useText } from '../../texts/text-provider.js';

/** Whether sending again may be seen twice. */
export function Repetitions({ names }: { readonly names: readonly string[] }): ReactNode {
  const t = useText();
  const { data: channels = [] } = useChannels();
  const answers = channels.filter(({ name }) => names.includes(name)).map(({ repetitions }) => repetitions);
  const worst = (['shown', 'dropped_when_asked', 'dropped'] as const).find((answer) => answers.includes(answer));
  return worst === undefined ? null : <span className="small second">{t(`repetitions.${worst}`)}</span>;
}
