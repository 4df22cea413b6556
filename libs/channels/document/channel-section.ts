import type { ChannelDefinition, LimitDefinition, Mention, RouteOption } from '../channel.js';
import { contentKindOf } from '../content.js';
import { familyOf } from '../families.js';
import type { MediaSupport } from '../media.js';
import { accountTable, contentSection } from './content-section.js';
import { errorSection } from './error-section.js';
import { both, bytesText, code, codes, durationText, grouped, paragraphs, plain, sizeText, table } from './markdown.js';

/** Everything about one channel. */
export function channelSection(channel: ChannelDefinition): string {
  return paragraphs(
    `## ${code(channel.name)} – ${both(channel.label)}`,
    table(['', ''], glance(channel)),
    '### Account · 账号',
    accountTable(channel.account),
    ...optionsPart(channel.options),
    '### Content kinds · 内容类型',
    ...channel.contents.map(contentSection),
    ...cardsPart(channel),
    '### Error codes · 错误码',
    errorSection(channel.errors),
  );
}

function glance(channel: ChannelDefinition): string[][] {
  const { bodyLimit, limits, media } = channel;
  return [
    ['vendor · 平台', both(familyOf(channel.family).label)],
    ['goes to · 发送对象', destination(channel)],
    ['mentions · 提及', mentions(channel)],
    ['content kinds · 内容类型', codes(channel.contents.map((type) => contentKindOf(type).kind))],
    ['limits · 限流', limits.map(limitText).join('; ')],
    ...(bodyLimit ? [['whole body · 请求体', `≤ ${sizeText(bodyLimit)}`]] : []),
    ['recall · 撤回', recallText(channel)],
    ['receipts · 回执', receiptText(channel)],
    ...(media ? mediaRows(media) : []),
    ['card updates · 卡片更新', cardsText(channel)],
    ['callbacks · 回调', channel.callback ? 'of the vendor, signed and encrypted' : ''],
    ['unclear outcome · 结果未知', resends(channel)],
    ['access token · 令牌', channel.fetchToken ? 'fetched and renewed by itself' : 'none'],
    ['account check · 账号检查', channel.checkAccount ? 'asks the vendor, sends nothing' : 'looks at the account only'],
  ];
}

const PLURALS = { user: 'users', department: 'departments', tag: 'tags' } as const;
const CUSTOMERS = { ...PLURALS, user: 'customers' } as const;

function destination({ addressing }: ChannelDefinition): string {
  if (addressing.to === 'group') return 'the one chat group that the account stands for';
  const { notToAll = [], orGroup, perCall, separators, who } = addressing;
  const people = Object.entries(who === 'customers' ? CUSTOMERS : PLURALS).flatMap(([type, plural]) => {
    const most = perCall[type as keyof typeof PLURALS];
    return most === undefined ? [] : [`${grouped(most)} ${plural}`];
  });
  const except = notToAll.length > 0 ? ` (not ${codes(notToAll)})` : '';
  return [
    `at most ${people.join(', ')} in one call${perCall.all ? `, or everybody${except}` : ''}`,
    separators.length > 0 ? `ids must not hold ${codes(separators)}` : '',
    orGroup ? 'without recipients to the chat group of the account' : '',
  ]
    .filter(Boolean)
    .join('; ');
}

const EACH_MENTION: readonly Mention[] = [{ type: 'user', id: 'u' }, { type: 'mobile', id: '1' }, { type: 'all' }];

/** What each kind can carry is found by asking. */
function mentions(channel: ChannelDefinition): string {
  const { addressing, contents } = channel;
  if (addressing.to === 'people') return '';
  if (addressing.maxMentions === 0) return 'none';
  const most = `at most ${grouped(addressing.maxMentions)}`;
  if (!channel.checkMentions) return `${most}; a user, a mobile, everybody`;
  const carrying = contents.flatMap((type) => {
    const { kind } = contentKindOf(type);
    const carried = EACH_MENTION.filter((mention) => channel.checkMentions?.(kind, [mention]).length === 0);
    return carried.length === 0 ? [] : [`${code(kind)}: ${carried.map((mention) => mention.type).join(', ')}`];
  });
  return `${most}; ${carrying.join('; ')}`;
}

const SCOPES = { account: 'account', person: 'person', person_content: 'person and content' } as const;

const limitText = ({ key, limit, scope, windowSeconds }: LimitDefinition): string =>
  `${code(key)} ${grouped(limit)} per ${SCOPES[scope]} in ${durationText(windowSeconds)}`;

function receiptText({ receipts }: ChannelDefinition): string {
  if (!receipts.supported) return `no: ${both(receipts.why)}`;
  return `${receipts.tellsRead ? 'delivered and read' : 'delivered'}, for ${durationText(receipts.windowSeconds)}`;
}

const recallText = ({ recall }: ChannelDefinition): string =>
  recall.supported ? `yes, for ${durationText(recall.windowSeconds)}` : `no: ${both(recall.why)}`;

const resends = ({ repeatCheck, resendsAfterAmbiguity }: ChannelDefinition): string => {
  const once = 'sent again once, marked as possible duplicate';
  if (resendsAfterAmbiguity === 3) return 'sent again up to 3 times: the vendor shows a repetition only once';
  return repeatCheck ? `${once}; up to 3 times where the call asks the vendor to drop repetitions` : once;
};

function mediaRows({ forms, rules }: MediaSupport): string[][] {
  const kinds = Object.entries(rules).map(([kind, { formats, maxBytes, minBytes }]) => {
    const least = minBytes === undefined || minBytes <= 1 ? '' : `${bytesText(minBytes)} – `;
    return `${kind}: ${least}${bytesText(maxBytes)}${formats ? `, ${formats.join(' ')}` : ''}`;
  });
  return [['uploads · 素材', `become ${codes(forms)}; ${kinds.join('; ')}`]];
}

function cardsText({ cards }: ChannelDefinition): string {
  if (!cards) return '';
  const { codeSeconds, contents, hasAudience } = cards;
  const once = codeSeconds === undefined ? 'as often as wanted' : `once per code, for ${durationText(codeSeconds)}`;
  const kinds = codes(contents.map((type) => contentKindOf(type).kind));
  return `${kinds}; ${once}; ${hasAudience ? 'for everybody or some' : 'for everybody'}`;
}

const cardsPart = ({ cards }: ChannelDefinition): string[] =>
  cards
    ? ['### Card updates · 卡片更新', 'Media fields take no assets here.', ...cards.contents.map(contentSection)]
    : [];

function optionsPart(options: readonly RouteOption[]): string[] {
  if (options.length === 0) return [];
  const rows = options.map(({ kinds, label, name, type, ...rest }) => [
    code(name),
    both(label),
    kinds ? '' : plain(valuesText(type, rest)),
    kinds ? Object.entries(kinds).map(kindOption).join('; ') : 'every kind',
  ]);
  return ['### Route options · 路由选项', table(['option', 'meaning · 含义', 'values', 'for'], rows)];
}

function valuesText(
  type: RouteOption['type'],
  { max, min, values }: Pick<RouteOption, 'max' | 'min' | 'values'>,
): string {
  if (values) return values.join(', ');
  return min === undefined && max === undefined ? type : `${min ?? ''}–${max ?? ''}`;
}

const kindOption = ([kind, values]: readonly [string, readonly number[]]): string =>
  `${code(kind)} ${values.join(', ')}`;
