import {
  CheckCircleOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  EllipsisOutlined,
  EyeOutlined,
  FieldTimeOutlined,
  InboxOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  PieChartOutlined,
  QuestionCircleOutlined,
  RollbackOutlined,
  SendOutlined,
  StopOutlined,
  UserDeleteOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ComponentType, ReactNode } from 'react';
import { useText, type TextKey } from '../texts/text-provider.js';

export type Tone =
  'neutral' | 'progress' | 'waiting' | 'sent' | 'ok' | 'partial' | 'danger' | 'unknown' | 'suppressed' | 'withdrawn';

interface Look {
  readonly tone: Tone;
  readonly icon: ComponentType;
  readonly text: TextKey;
}

/** Colour, icon and word of every state: none of them alone. */
const LOOKS: Readonly<Record<string, Look>> = {
  accepted: { tone: 'neutral', icon: InboxOutlined, text: 'status.accepted' },
  pending: { tone: 'neutral', icon: EllipsisOutlined, text: 'status.pending' },
  scheduled: { tone: 'waiting', icon: ClockCircleOutlined, text: 'status.scheduled' },
  sending: { tone: 'progress', icon: SendOutlined, text: 'status.sending' },
  sent: { tone: 'sent', icon: CheckOutlined, text: 'status.sent' },
  delivered: { tone: 'ok', icon: CheckCircleOutlined, text: 'status.delivered' },
  read: { tone: 'ok', icon: EyeOutlined, text: 'status.read' },
  partial: { tone: 'partial', icon: PieChartOutlined, text: 'status.partial' },
  failed: { tone: 'danger', icon: CloseCircleOutlined, text: 'status.failed' },
  invalid: { tone: 'danger', icon: UserDeleteOutlined, text: 'status.invalid' },
  unknown: { tone: 'unknown', icon: QuestionCircleOutlined, text: 'status.unknown' },
  suppressed: { tone: 'suppressed', icon: StopOutlined, text: 'status.suppressed' },
  canceled: { tone: 'withdrawn', icon: MinusCircleOutlined, text: 'status.canceled' },
  expired: { tone: 'withdrawn', icon: FieldTimeOutlined, text: 'status.expired' },
  recalled: { tone: 'withdrawn', icon: RollbackOutlined, text: 'status.recalled' },
  waiting: { tone: 'waiting', icon: ClockCircleOutlined, text: 'status.waiting' },
  running: { tone: 'progress', icon: SendOutlined, text: 'status.running' },
  finished: { tone: 'ok', icon: CheckCircleOutlined, text: 'status.finished' },
  uncertain: { tone: 'unknown', icon: QuestionCircleOutlined, text: 'status.uncertain' },
  ok: { tone: 'ok', icon: CheckCircleOutlined, text: 'status.ok' },
  active: { tone: 'ok', icon: CheckCircleOutlined, text: 'status.active' },
  paused: { tone: 'partial', icon: PauseCircleOutlined, text: 'status.paused' },
  blocked: { tone: 'danger', icon: StopOutlined, text: 'status.blocked' },
  failing: { tone: 'danger', icon: WarningOutlined, text: 'status.failing' },
  degraded: { tone: 'partial', icon: WarningOutlined, text: 'status.degraded' },
  unavailable: { tone: 'danger', icon: CloseCircleOutlined, text: 'status.unavailable' },
};

export function statusText(status: string): TextKey | undefined {
  return LOOKS[status]?.text;
}

export function toneOf(status: string): Tone {
  return LOOKS[status]?.tone ?? 'neutral';
}

export function StatusTag({ status, text }: { readonly status: string; readonly text?: string }): ReactNode {
  const t = useText();
  const look = LOOKS[status];
  if (!look) return <span className="tag tag-neutral">{text ?? status}</span>;
  const Icon = look.icon;
  return (
    <span className={`tag tag-${look.tone}`}>
      <Icon aria-hidden /> {text ?? t(look.text)}
    </span>
  );
}

export function ToneTag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }): ReactNode {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}
