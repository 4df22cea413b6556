import type { Remedy } from '../../api/types.js';

/** What a remedy would act upon, as far as the page knows. */
export interface RemedyTarget {
  readonly message?: string;
  /** The one person whom it is about; without it everybody with the reason. */
  readonly ref?: string;
  readonly template?: string;
  readonly account?: string;
  readonly reason?: string;
  readonly status?: string;
  /** The message that came first, or the digest that took this one in. */
  readonly original?: string;
}

type Place = (target: RemedyTarget) => string | undefined;

const path = (base: string, name: string | undefined, rest = ''): string | undefined =>
  name === undefined ? undefined : `${base}${encodeURIComponent(name)}${rest}`;

const message: Place = (target) => path('/messages/', target.message);
const account: Place = (target) => path('/accounts/', target.account);
const template: Place = (target) => path('/templates/', target.template);
const original: Place = (target) => path('/messages/', target.original) ?? message(target);
const directory: Place = ({ ref = '' }) => path('/directory?q=', ref.replace(/^\w+:/, ''));

/** Remedies that are done on a page of their own. */
const PLACES: Partial<Readonly<Record<Remedy['id'], Place>>> = {
  resolve: message,
  recall: message,
  retry_recall: message,
  correct: message,
  open_original: original,
  open_digest: original,
  edit_template: template,
  edit_rules: template,
  replace_media: template,
  other_channel: template,
  check_account: account,
  edit_account: account,
  resume_account: account,
  copy_ip: account,
  view_quota: (target) => path('/accounts/', target.account, '?tab=quota'),
  resume_queue: () => '/queues',
  bind_identity: directory,
  open_person: directory,
  sync_directory: () => '/directory?tab=syncs',
};

export const placeOfRemedy = (id: Remedy['id'], target: RemedyTarget): string | undefined => PLACES[id]?.(target);
