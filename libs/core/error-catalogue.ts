import type { LocalizedText } from './text.js';

/** How an answer with this code is logged; `silent` leaves it to the access log. */
export type ErrorLogLevel = 'silent' | 'info' | 'warn' | 'error';

/** What a stable error code means to a caller of the HTTP API. */
export interface ErrorEntry {
  readonly code: string;
  /** HTTP status of an answer with this code. Inside `errors[]` of a 422 the status is that of the whole answer. */
  readonly status: number;
  /** The same request may succeed later without being changed. */
  readonly retryable: boolean;
  readonly logLevel: ErrorLogLevel;
  readonly title: LocalizedText;
}

type Titles = Readonly<Record<string, readonly [zh: string, en: string]>>;

function entries(status: number, titles: Titles, options: Partial<ErrorEntry> = {}): readonly ErrorEntry[] {
  return Object.entries(titles).map(([code, [zh, en]]) => ({
    code,
    status,
    retryable: false,
    logLevel: 'silent',
    title: { zh, en },
    ...options,
  }));
}

const BAD_REQUEST = entries(400, {
  bad_request: ['请求无法解析', 'The request cannot be understood'],
  malformed_json: ['请求体不是合法的 JSON', 'The body is not valid JSON'],
  duplicate_member: ['JSON 对象有重复的成员', 'A JSON object has the same member twice'],
  body_not_object: ['请求体必须是 JSON 对象', 'The body must be a JSON object'],
  nesting_too_deep: ['JSON 嵌套过深', 'The JSON is nested too deeply'],
  invalid_header: ['请求头无效', 'A request header is not valid'],
  invalid_cursor: ['翻页游标无效', 'The cursor is not valid'],
  invalid_idempotency_key: ['幂等键无效', 'The idempotency key is not valid'],
});

const REFUSED = [
  ...entries(401, { unauthenticated: ['需要有效的 API 密钥', 'A valid API key is required'] }),
  ...entries(403, {
    missing_scope: ['密钥缺少权限', 'The key lacks a scope'],
    ip_not_allowed: ['密钥不允许从此地址使用', 'The key may not be used from this address'],
    template_not_allowed: ['密钥不允许使用此模板', 'The key may not use this template'],
    account_not_allowed: ['密钥不允许使用此账号', 'The key may not use this account'],
    broadcast_not_allowed: ['不允许群发全员、部门或标签', 'Addressing everybody, departments or tags is not allowed'],
  }),
  ...entries(404, {
    not_found: ['资源不存在', 'The resource does not exist'],
  }),
  ...entries(410, { content_purged: ['内容已超过保留期', 'The content is not kept any more'] }),
];

const CONFLICTS = [
  ...entries(409, {
    conflict: ['与当前状态冲突', 'The action conflicts with the current state'],
    already_exists: ['编码已被占用', 'The code is taken'],
    in_use: ['仍在使用，不能删除', 'Still in use'],
    business_key_conflict: ['业务键已用于另一条消息', 'The business key belongs to a different message'],
    not_cancelable: ['没有可取消的投递', 'Nothing is left to cancel'],
    nothing_to_hurry: ['没有可以提前发送的投递', 'Nothing waits that could be sent now'],
    not_replayable: ['没有可重放的收件人', 'Nothing can be replayed'],
    not_resolvable: ['没有结果未知的投递', 'No delivery has an unknown outcome'],
    nothing_to_recall: ['没有可撤回的内容', 'Nothing can be recalled'],
    recalled: ['消息已撤回', 'The message was recalled'],
    recall_not_supported: ['通道不支持撤回', 'The channel cannot recall'],
    recall_window_closed: ['已超过撤回时限', 'The recall window is closed'],
    card_not_updatable: ['卡片不能更新', 'The card cannot be updated'],
    card_not_sent: ['卡片尚未发出', 'The card has not been sent'],
    card_code_used: ['卡片更新码已用过', "The card's update code was used"],
    card_code_expired: ['卡片更新码已过期', "The card's update code has expired"],
    card_update_unclear: ['卡片是否已更新不明确', 'Nobody knows whether the card was updated'],
    provider_refused: ['平台拒绝了请求', 'The provider refused the request'],
    key_expired: ['密钥已过期', 'The key has expired'],
    sandbox_not_running: ['沙箱没有运行', 'The sandbox is not running'],
    preview_stale: ['预演结果已过时', 'The preview is out of date'],
    identity_taken: ['平台账号属于另一个人', "The vendor's id belongs to somebody else"],
    already_resolved: ['冲突已经处理', 'The conflict is resolved already'],
    directory_empty: ['账号看不到任何成员', 'The account sees nobody'],
    too_many_gone: ['消失的人过多', 'Too many people would have left'],
  }),
  ...entries(
    409,
    {
      idempotency_in_progress: ['相同幂等键的请求正在处理', 'A request with this idempotency key is in progress'],
      provider_unavailable: ['平台暂时不可用', 'The provider is not available'],
    },
    { retryable: true },
  ),
  ...entries(412, { precondition_failed: ['资源已被修改', 'The resource has changed since it was read'] }),
  ...entries(413, {
    payload_too_large: ['请求体过大', 'The body is too large'],
    file_too_large: ['文件过大', 'The file is too large'],
  }),
  ...entries(415, { unsupported_media_type: ['不支持的内容类型', 'The content type is not supported'] }),
];

const FAULTS = entries(422, {
  validation_failed: ['请求有错误的字段', 'Some fields are not valid'],
  unknown_field: ['未知字段', 'Unknown field'],
  unknown_parameter: ['未知的查询参数', 'Unknown query parameter'],
  missing_field: ['缺少必填字段', 'A required field is missing'],
  wrong_type: ['字段类型错误', 'A field has the wrong type'],
  invalid_value: ['字段值无效', 'A field has a value that is not accepted'],
  invalid_length: ['长度不符合要求', 'The length is not accepted'],
  too_long: ['内容过长', 'A text is too long'],
  out_of_range: ['数值超出范围', 'A number is out of range'],
  too_many_items: ['条目过多', 'A list has too many items'],
  too_few_items: ['条目过少', 'A list has too few items'],
  duplicate_item: ['列表有重复条目', 'A list holds an item twice'],
  nul_character: ['文本含有空字符', 'A text holds a NUL character'],
  lone_surrogate: ['文本不是合法的 Unicode', 'A text is not valid Unicode'],
  reserved_name: ['名称被保留', 'The name is reserved'],
  unknown_template: ['模板不存在', 'There is no such template'],
  template_not_published: ['模板尚未发布', 'The template is not published'],
  template_disabled: ['模板已停用', 'The template is disabled'],
  invalid_selector: ['撤回条件无效', 'What to recall is not clear'],
  unknown_account: ['账号不存在', 'There is no such account'],
  unknown_channel: ['通道不存在', 'There is no such channel'],
  channel_mismatch: ['账号不属于此通道', 'The account belongs to another channel'],
  asset_not_found: ['素材不存在', 'There is no such asset'],
  asset_not_supported: ['此处不能使用素材', 'The channel takes no asset here'],
  asset_kind_mismatch: ['素材类型不符', 'The asset is of another kind'],
  asset_format_not_accepted: ['素材格式不被平台接受', 'The format of the asset is not accepted'],
  asset_size_not_accepted: ['素材大小不被平台接受', 'The size of the asset is not accepted'],
  file_empty: ['文件为空', 'The file is empty'],
  file_unreadable: ['文件无法读取', 'The file cannot be read'],
  encoding_unclear: ['文件编码不明', 'The encoding of the file is not clear'],
  quote_not_closed: ['引号没有闭合', 'A quote is never closed'],
  sheet_not_found: ['工作表不存在', 'The workbook has no such sheet'],
  too_many_rows: ['行数过多', 'The file has too many lines'],
  too_many_columns: ['列数过多', 'The file has too many columns'],
  cell_too_long: ['单元格过长', 'A cell is too long'],
  missing_column: ['缺少必需的列', 'A column is missing'],
  duplicate_column: ['两列用途相同', 'Two columns are for the same'],
  unknown_column: ['列不存在', 'There is no such column'],
  formula_cell: ['单元格是公式或错误值', 'A cell is a formula or an error'],
  extra_cells: ['单元格多于表头', 'The line has more cells than the header'],
  not_downloadable: ['此处没有可下载的文件', 'Nothing can be downloaded there'],
  unknown_kind: ['通道没有此内容类型', 'The channel has no such content kind'],
  unknown_scope: ['权限不存在', 'There is no such scope'],
  unknown_caller: ['调用方不存在', 'There is no such caller'],
  conflicting_fields: ['字段不能同时使用', 'Two fields exclude each other'],
  invalid_time: ['时间格式无效', 'A time is not valid'],
  too_far_ahead: ['计划时间过远', 'A time is too far ahead'],
  already_expired: ['有效期已过', 'The message has expired already'],
  expires_before_sending: ['有效期早于发送时间', 'The message expires before it is sent'],
  invalid_parameter_name: ['参数名无效', 'The name of a parameter is not valid'],
  too_many_parameters: ['参数过多', 'There are too many parameters'],
  parameters_too_large: ['参数过大', 'The parameters are too large'],
  missing_variable: ['缺少模板变量', 'A template variable is missing'],
  invalid_placeholder: ['占位符写法无效', 'A placeholder is not valid'],
  content_too_long: ['渲染后的内容过长', 'The rendered content is too long'],
  content_empty: ['内容为空', 'The content is empty'],
  link_forbidden: ['链接不被允许', 'The link is not allowed'],
  no_matching_route: ['没有匹配的路由', 'No route matches the wanted channel or account'],
  no_route: ['没有可用的路由', 'No route can take the message'],
  recipients_missing: ['缺少收件人', 'Recipients are missing'],
  too_many_recipients: ['收件人过多', 'There are too many recipients'],
  duplicate_recipient: ['同一收件人有不同的参数', 'A recipient is listed twice with different params'],
  ambiguous_recipient: ['收件人属于哪个平台不明确', 'It is not clear which provider the recipient belongs to'],
  invalid_recipient: ['收件人写法无效', 'A recipient is not valid'],
  invalid_recipient_id: ['收件人标识无效', 'The id of a recipient is not valid'],
  recipient_unreachable: ['没有路由可以到达收件人', 'No route can address the recipient'],
  recipient_not_supported: ['通道不支持此类收件人', 'The channel cannot address such a recipient'],
  separator_in_id: ['标识中含有分隔符', 'An id holds a separator'],
  mention_not_supported: ['内容类型不支持此提及方式', 'The content kind cannot carry this mention'],
  too_many_mentions: ['提及的人过多', 'Too many people are mentioned'],
  host_not_allowed: ['地址不在允许范围内', 'The address is not allowed'],
  customers_not_supported: ['账号没有客户', 'The account has no customers'],
  directory_not_supported: ['账号没有通讯录', 'The account has no address book'],
  login_flow_not_supported: ['平台没有这种登录页', 'The vendor has no page for this login'],
  login_code_refused: ['登录码被平台拒绝', 'The vendor refuses the login code'],
  not_a_member: ['登录者不是企业成员', 'The login is not a member of the organisation'],
  invalid_csv: ['文件不是可读的 CSV', 'The file is not a readable CSV'],
  immutable_field: ['字段不可修改', 'The field cannot be changed'],
  idempotency_key_reused: ['幂等键已用于另一请求', 'The idempotency key was used with another body'],
});

const TRY_LATER = [
  ...entries(
    429,
    {
      too_many_failures: ['无效密钥尝试过多', 'Too many attempts without a valid key'],
      rate_limited: ['请求过于频繁', 'Too many requests'],
    },
    { retryable: true, logLevel: 'warn' },
  ),
  ...entries(
    429,
    {
      requests_per_minute_reached: ['密钥本分钟的请求数已用完', 'The key has made its requests of this minute'],
      requests_per_day_reached: ['密钥今天的请求数已用完', 'The key has made its requests of today'],
      recipients_per_day_reached: ['密钥今天的收件人数已用完', 'The key has addressed its recipients of today'],
    },
    { retryable: true },
  ),
  ...entries(
    503,
    { unavailable: ['服务暂时不可用', 'The service is not available right now'] },
    { retryable: true, logLevel: 'error' },
  ),
];

const FAILURES = entries(
  500,
  {
    internal_error: ['内部错误', 'Internal error'],
    invalid_configuration: ['系统配置有误', 'The set-up of the system is not valid'],
    unreadable_secret: ['存储的密钥无法解密', 'A stored secret cannot be decrypted'],
    duplicate_channel: ['通道重名', 'Two channels share a name'],
  },
  { logLevel: 'error' },
);

const ALL = [...BAD_REQUEST, ...REFUSED, ...CONFLICTS, ...FAULTS, ...TRY_LATER, ...FAILURES];

/** Every code that an answer of the API can carry, by code. */
export const ERROR_CATALOGUE: Readonly<Record<string, ErrorEntry>> = Object.fromEntries(
  ALL.map((entry) => [entry.code, entry]),
);

/** The entry of a code; undefined when the catalogue does not list it. */
export const describeError = (code: string): ErrorEntry | undefined =>
  Object.hasOwn(ERROR_CATALOGUE, code) ? ERROR_CATALOGUE[code] : undefined;
