import {
  PROVIDER_ERROR_CLASSES,
  type ProviderErrorCase,
  type ProviderErrorClass,
  type ProviderErrorRule,
  type ProviderErrorTable,
} from '../provider-errors.js';
import { both, code, durationText, paragraphs, plain, table } from './markdown.js';

/** What becomes of a delivery. */
const CONSEQUENCES: Readonly<Record<ProviderErrorClass, string>> = {
  retry: 'Tried again later · 稍后重试',
  rate: 'The account waits, no attempt is used · 账号限速等待，不计次数',
  token: 'The token is renewed once and the call repeated · 刷新令牌后重试一次',
  credentials: 'The account is paused, its deliveries wait · 暂停账号，投递等待',
  account: "Failed for good, because of the account's set-up · 失败：账号或应用设置",
  recipient: 'Failed for good for these recipients · 失败：收件人',
  content: 'Failed for good, because of the message · 失败：消息内容',
  media: 'Failed: the media id is not known, the file has to be uploaded again · 失败：素材 ID 无效，需重新上传',
  unclear: 'Nobody knows whether it went out: resent or held, as the template says · 结果未知',
};

const CALLS = {
  token: 'when a token is fetched',
  recall: 'when a message is recalled',
  receipts: 'when it is asked who got a message',
} as const;

/** A line of the page: codes that mean the same, under what condition, and what. */
interface Line {
  readonly codes: readonly string[];
  readonly condition: string;
  readonly meaning: ProviderErrorRule | ProviderErrorCase;
}

/** The vendor's codes by what happens next. */
export function errorSection(errors: ProviderErrorTable): string {
  const lines = linesOf(errors);
  return paragraphs(
    ...PROVIDER_ERROR_CLASSES.map((name) => {
      const rows = lines.filter(({ meaning }) => meaning.class === name).map(row);
      return rows.length === 0 ? '' : paragraphs(`**${CONSEQUENCES[name]}**`, table(COLUMNS, rows));
    }),
  );
}

const COLUMNS = ['code', 'reason', 'meaning · 含义', 'what to do · 处理'];

function row({ codes: list, condition, meaning }: Line): string[] {
  const waits = meaning.waitMs === undefined ? '' : ` (${durationText(meaning.waitMs / 1_000)})`;
  return [
    ranges(list).map(rangeText).join(', ') + condition,
    code(meaning.reason),
    both(meaning.text) + waits,
    meaning.remedy ? both(meaning.remedy) : '',
  ];
}

function linesOf(errors: ProviderErrorTable): Line[] {
  const sharing = new Map<string, { codes: string[]; rule: ProviderErrorRule }>();
  for (const [name, rule] of Object.entries(errors)) {
    const same = JSON.stringify(rule);
    const entry = sharing.get(same) ?? { codes: [], rule };
    entry.codes.push(name);
    sharing.set(same, entry);
  }
  return [...sharing.values()].flatMap(({ codes: list, rule }) => [
    { codes: list, condition: '', meaning: rule },
    ...(rule.cases ?? []).map((meaning) => ({ codes: list, condition: conditionOf(meaning), meaning })),
  ]);
}

const conditionOf = ({ on, says = [] }: ProviderErrorCase): string =>
  on ? ` ${CALLS[on]}` : ` with ${says.map((words) => `“${plain(words)}”`).join(' or ')}`;

type Range = readonly [first: string, last: string];

/** Three and more numbers in a row are shown as one range. */
function ranges(list: readonly string[]): Range[] {
  const found: [string, string][] = [];
  for (const name of list) {
    const last = found.at(-1);
    if (last && /^\d+$/.test(name) && Number(last[1]) + 1 === Number(name)) last[1] = name;
    else found.push([name, name]);
  }
  return found.flatMap((range): Range[] => {
    const [first, last] = range;
    return Number(last) - Number(first) === 1
      ? [
          [first, first],
          [last, last],
        ]
      : [range];
  });
}

const rangeText = ([first, last]: Range): string => (first === last ? code(first) : `${code(first)} – ${code(last)}`);
