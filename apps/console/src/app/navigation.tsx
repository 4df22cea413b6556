import {
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  CloudServerOutlined,
  DashboardOutlined,
  ExperimentOutlined,
  FileTextOutlined,
  ImportOutlined,
  IssuesCloseOutlined,
  KeyOutlined,
  MessageOutlined,
  QuestionCircleOutlined,
  RollbackOutlined,
  StopOutlined,
  TeamOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { Me, Scope } from '../api/types.js';
import type { TextKey } from '../texts/text-provider.js';

export interface NavEntry {
  readonly path: string;
  readonly text: TextKey;
  readonly icon: ComponentType;
  readonly scope: Scope;
  /** After `g`. */
  readonly key?: string;
}

export interface NavGroup {
  readonly title?: TextKey;
  readonly entries: readonly NavEntry[];
}

const GROUPS: readonly NavGroup[] = [
  { entries: [{ path: '/', text: 'nav.overview', icon: DashboardOutlined, scope: 'messages:read', key: 'o' }] },
  {
    title: 'nav.find',
    entries: [
      { path: '/messages', text: 'nav.messages', icon: MessageOutlined, scope: 'messages:read', key: 'm' },
      { path: '/why', text: 'nav.why', icon: QuestionCircleOutlined, scope: 'messages:read', key: 'w' },
      { path: '/rejections', text: 'nav.rejections', icon: StopOutlined, scope: 'messages:read', key: 'x' },
    ],
  },
  {
    title: 'nav.act',
    entries: [
      { path: '/recalls', text: 'nav.recalls', icon: RollbackOutlined, scope: 'recalls:read', key: 'r' },
      { path: '/dead-letters', text: 'nav.deadLetters', icon: IssuesCloseOutlined, scope: 'queues:read', key: 'd' },
      { path: '/queues', text: 'nav.queues', icon: UnorderedListOutlined, scope: 'queues:read', key: 'q' },
      { path: '/imports', text: 'nav.imports', icon: ImportOutlined, scope: 'imports:read', key: 'i' },
    ],
  },
  {
    title: 'nav.configure',
    entries: [
      { path: '/templates', text: 'nav.templates', icon: FileTextOutlined, scope: 'templates:read', key: 't' },
      { path: '/accounts', text: 'nav.accounts', icon: CloudServerOutlined, scope: 'accounts:read', key: 'a' },
      { path: '/directory', text: 'nav.directory', icon: TeamOutlined, scope: 'directory:read', key: 'p' },
      { path: '/webhooks', text: 'nav.webhooks', icon: ApiOutlined, scope: 'webhooks:read', key: 'h' },
    ],
  },
  {
    title: 'nav.manage',
    entries: [
      { path: '/callers', text: 'nav.callers', icon: AppstoreOutlined, scope: 'keys:write', key: 'c' },
      { path: '/api-keys', text: 'nav.apiKeys', icon: KeyOutlined, scope: 'keys:write', key: 'k' },
      { path: '/audit', text: 'nav.audit', icon: AuditOutlined, scope: 'audit:read', key: 'l' },
    ],
  },
];

const SANDBOX: NavGroup = {
  title: 'nav.sandboxGroup',
  entries: [{ path: '/sandbox', text: 'nav.sandbox', icon: ExperimentOutlined, scope: 'queues:read', key: 's' }],
};

/** What this user may see. */
export function navigationFor(me: Me): readonly NavGroup[] {
  const groups = me.server.sandbox ? [...GROUPS, SANDBOX] : GROUPS;
  return groups
    .map(({ entries, ...group }) => ({ ...group, entries: entries.filter(({ scope }) => me.scopes.includes(scope)) }))
    .filter(({ entries }) => entries.length > 0);
}
