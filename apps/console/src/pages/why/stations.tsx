import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { ComponentType, ReactNode } from 'react';
import { Link } from 'react-router';
import type { Fact, Station } from '../../api/types.js';
import { useText, type TextKey } from '../../texts/text-provider.js';
import { Moment } from '../../ui/moment.js';
import type { Tone } from '../../ui/status-tag.js';
import { consolePathOf } from './console-path.js';

interface Look {
  readonly tone: Tone;
  readonly icon: ComponentType;
  readonly text: TextKey;
}

const LOOKS: Readonly<Record<Station['result'], Look>> = {
  pass: { tone: 'ok', icon: CheckCircleOutlined, text: 'station.pass' },
  wait: { tone: 'waiting', icon: ClockCircleOutlined, text: 'station.wait' },
  stop: { tone: 'suppressed', icon: StopOutlined, text: 'station.stop' },
  fail: { tone: 'danger', icon: CloseCircleOutlined, text: 'station.fail' },
  unknown: { tone: 'unknown', icon: QuestionCircleOutlined, text: 'station.unknown' },
  skipped: { tone: 'neutral', icon: MinusCircleOutlined, text: 'station.skipped' },
};

const FACTS: Readonly<Record<string, TextKey>> = {
  message: 'message.id',
  caller: 'dead.caller',
  businessKey: 'messages.businessKey',
  template: 'messages.template',
  ref: 'fate.recipient',
  sendAt: 'message.sendAt',
  expireAt: 'message.expires',
  duplicateOf: 'fact.duplicateOf',
  account: 'messages.account',
  quota: 'quota.title',
  attempts: 'deliveries.attempts',
  providerMsgId: 'messages.providerMsgId',
  code: 'fact.code',
  provider: 'fact.provider',
  hint: 'fact.hint',
  supportId: 'fact.supportId',
  rejections: 'fact.rejections',
  otherSpelling: 'fact.otherSpelling',
};

/** The stations between a request and a person, in order; the one that decided stands out. */
export function Stations({ stations }: { readonly stations: readonly Station[] }): ReactNode {
  const t = useText();
  return (
    <section>
      <h2 className="section-title">{t('why.stations')}</h2>
      <ol className="stations">
        {stations.map((station) => (
          <StationLine key={station.no} station={station} />
        ))}
      </ol>
    </section>
  );
}

function StationLine({ station }: { readonly station: Station }): ReactNode {
  const t = useText();
  const { no, label, result, sentence, at, facts } = station;
  const { tone, icon: Icon, text } = LOOKS[result];
  const isDecisive = result !== 'pass' && result !== 'skipped';
  return (
    <li className={`station station-${result} ${isDecisive ? 'is-decisive' : ''}`}>
      <span className={`tag tag-${tone}`} title={t(text)}>
        <Icon aria-hidden />
        <span className="hidden">{t(text)}</span>
      </span>
      <div className="grow">
        <div className="row">
          <span className="strong">
            {no}. {label}
          </span>
          {at !== undefined && (
            <span className="small muted">
              <Moment at={at} />
            </span>
          )}
        </div>
        <div className={result === 'skipped' ? 'muted small' : ''}>{sentence}</div>
        {facts.length > 0 && result !== 'skipped' && <Facts facts={facts} />}
      </div>
    </li>
  );
}

function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  const t = useText();
  return (
    <dl className="fact-line small">
      {facts.map(({ label, value, href }) => {
        const key = FACTS[label];
        const place = href === undefined ? undefined : consolePathOf(href);
        return (
          <div key={`${label} ${value}`}>
            <dt>{key ? t(key) : label}</dt>
            <dd>{place === undefined ? <FactValue label={label} value={value} /> : <Link to={place}>{value}</Link>}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function FactValue({ label, value }: Fact): ReactNode {
  return label.endsWith('At') ? <Moment at={value} /> : <span className="mono">{value}</span>;
}
