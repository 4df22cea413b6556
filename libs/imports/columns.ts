import { FAMILY_NAMES, familyOf } from '#libs/channels';
import { ValidationError, type Fault } from '#libs/core';
import type { CompiledTemplate } from '#libs/templates';

/** What a column of a file is for. A column may name the recipient and be a variable as well. */
export interface ImportColumn {
  readonly header: string;
  /** How the recipient is written in it; null: it names none. */
  readonly address: string | null;
  /** The variable that it gives; null: none. */
  readonly variable: string | null;
}

/** By header: an address, a variable, or nothing to leave the column out. */
export type ColumnMapping = Readonly<Record<string, string>>;

const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  recipient: ['recipient', 'receiver', '收件人', '接收人', '接收者'],
  user: ['user', 'userid', 'user id', 'user_id', '用户', '工号', '员工号', '账号', '帐号'],
  mobile: ['mobile', 'phone', '手机', '手机号', '手机号码', '电话'],
  email: ['email', 'e-mail', 'mail', '邮箱', '电子邮箱', '邮件'],
  customer: ['external_userid', 'external userid', '外部联系人id', '客户id'],
  department: ['department', '部门', '部门id'],
  tag: ['tag', '标签', '标签id'],
  ...Object.fromEntries(
    FAMILY_NAMES.map((name) => {
      const { label } = familyOf(name);
      return [name, [name, label.en.toLowerCase(), label.zh, `${label.zh}id`, `${label.zh}账号`]];
    }),
  ),
};

/** Ways to write a recipient, the first ones preferred where a line has several. */
export const ADDRESSES: readonly string[] = [
  'recipient',
  'user',
  'mobile',
  'email',
  ...FAMILY_NAMES,
  'customer',
  'department',
  'tag',
];

const addressFor = (header: string): string | null => {
  const name = header.trim().toLowerCase();
  return ADDRESSES.find((address) => SYNONYMS[address]?.includes(name)) ?? null;
};

/** Every placeholder of the template, and those that must have a value. */
export function variablesNeeded({ routes }: CompiledTemplate): {
  readonly known: Set<string>;
  readonly required: Set<string>;
} {
  return {
    known: new Set(routes.flatMap(({ placeholders }) => placeholders)),
    required: new Set(routes.flatMap(({ required }) => required)),
  };
}

/**
 * What the columns of a header are for, by mapping, name or synonym. Columns for which the template has no use are left
 * out: they would make contents differ that are the same.
 * @throws ValidationError `missing_column`, `duplicate_column`, `unknown_column`
 */
export function readColumns(
  headers: readonly string[],
  template: CompiledTemplate,
  mapping: ColumnMapping = {},
): readonly ImportColumn[] {
  const { known, required } = variablesNeeded(template);
  const columns = headers.map((header) => columnFor(header.trim(), known, mapping));
  const faults = [...unknownIn(mapping, headers, known), ...repeatedIn(columns), ...missingIn(columns, required)];
  if (faults.length > 0) throw new ValidationError(faults);
  return columns;
}

function columnFor(header: string, known: ReadonlySet<string>, mapping: ColumnMapping): ImportColumn {
  const wanted = Object.hasOwn(mapping, header) ? (mapping[header] ?? '') : undefined;
  const name = wanted ?? header;
  const address = wanted === undefined ? addressFor(header) : (ADDRESSES.find((item) => item === wanted) ?? null);
  return { header, address, variable: known.has(name) ? name : null };
}

function unknownIn(mapping: ColumnMapping, headers: readonly string[], known: ReadonlySet<string>): Fault[] {
  const given = new Set(headers.map((header) => header.trim()));
  return Object.entries(mapping).flatMap(([header, target]): Fault[] => {
    if (!given.has(header)) return [unknown(`the file has no column "${header}"`)];
    const isFine = target === '' || ADDRESSES.includes(target) || known.has(target);
    return isFine ? [] : [unknown(`"${target}" is neither a way to write recipients nor a variable of the template`)];
  });
}

const unknown = (message: string): Fault => ({ parameter: 'mapping', code: 'unknown_column', message });

function repeatedIn(columns: readonly ImportColumn[]): Fault[] {
  const used = columns.flatMap(({ address, variable }) => [
    ...(address === null ? [] : [`recipients by ${address}`]),
    ...(variable === null ? [] : [`the variable ${variable}`]),
  ]);
  const repeated = new Set(used.filter((name, index) => used.indexOf(name) !== index));
  return [...repeated].map((name) => ({
    pointer: '',
    code: 'duplicate_column',
    message: `two columns give ${name}; leave one out with a mapping`,
  }));
}

function missingIn(columns: readonly ImportColumn[], required: ReadonlySet<string>): Fault[] {
  const missing = (message: string): Fault => ({ pointer: '', code: 'missing_column', message });
  const given = new Set(columns.map(({ variable }) => variable));
  return [
    ...(columns.some(({ address }) => address !== null)
      ? []
      : [missing(`no column names recipients: ${ADDRESSES.join(', ')}`)]),
    ...[...required].filter((name) => !given.has(name)).map((name) => missing(`no column gives the variable ${name}`)),
  ];
}
