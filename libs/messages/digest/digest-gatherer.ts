import { Inject, Injectable } from '@nestjs/common';
import type { Mention } from '#libs/channels';
import { newId } from '#libs/core';
import { jsonText, type Sql } from '#libs/database';
import { TemplateCatalogue } from '#libs/templates';
import type { Params } from '../params.js';
import { CREATE, LINES, LINE_UP, WAITING, sourceRows } from './digest.sql.js';
import { planDigest, type PlannedDigest, type WaitingDelivery } from './plan-digest.js';

/** Most messages that are considered for one digest. */
const PER_DIGEST = 200;
/** Most digests that one pass makes of one line: the others follow in the next one. */
const PER_LINE = 20;
const LINED_PER_PASS = 1_000;

/** Deliveries of one caller, template and account that wait for a slot of the account. */
export interface Line {
  readonly account: string;
  readonly caller_id: string;
  readonly merge_key: string;
}

interface WaitingRow {
  readonly message_id: string;
  readonly no: number;
  readonly priority: number;
  readonly channel: string;
  readonly route_no: number;
  readonly message_params: Params;
  readonly delivery_params: Params | null;
  readonly template_version: number;
  readonly mentions: Mention[] | null;
}

/** Joins what waits for a slot into digests. */
@Injectable()
export class DigestGatherer {
  constructor(@Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue) {}

  listLines(sql: Sql): Promise<readonly Line[]> {
    return sql.query<Line>(LINES);
  }

  /** What is due and may be joined waits for a slot where there is none: of any priority, or of all but `high`. */
  async lineUp(full: readonly string[], fullButForHigh: readonly string[], sql: Sql): Promise<void> {
    if (full.length + fullButForHigh.length === 0) return;
    await sql.query(LINE_UP, [full, fullButForHigh, LINED_PER_PASS]);
  }

  /**
   * As many digests of what waits in the line as it needs; a single message that is left goes by itself.
   * @param mayLeave whether the account has a slot for a delivery of this priority
   */
  async gather(line: Line, mayLeave: (priority: number) => boolean, sql: Sql): Promise<void> {
    for (let count = 0; count < PER_LINE; count += 1) if (!(await this.gatherOne(line, mayLeave, sql))) return;
  }

  private async gatherOne(line: Line, mayLeave: (priority: number) => boolean, sql: Sql): Promise<boolean> {
    const { account, caller_id: callerId, merge_key: template } = line;
    const rows = await sql.query<WaitingRow>(WAITING, [account, callerId, template, PER_DIGEST]);
    if (rows.length < 2 || !rows.some(({ priority }) => mayLeave(priority))) return false;
    const digest = planDigest(await Promise.all(rows.map((row) => this.waiting(row, line))));
    if (!digest) return false;
    await this.store(digest, callerId, sql);
    return true;
  }

  private async waiting(row: WaitingRow, { account, merge_key: code }: Line): Promise<WaitingDelivery> {
    return {
      messageId: row.message_id,
      no: row.no,
      account,
      channel: row.channel,
      routeNo: row.route_no,
      template: await this.templates.getVersion(code, row.template_version),
      params: { ...row.message_params, ...row.delivery_params },
      mentions: row.mentions ?? [],
    };
  }

  private async store({ content, sources }: PlannedDigest, callerId: string, sql: Sql): Promise<void> {
    const head = [newId(), callerId, content.channel, content.account, jsonText(content)];
    await sql.query(CREATE, [...head, ...sourceRows.values(sources)]);
  }
}
