import { Inject, Injectable } from '@nestjs/common';
import type { Content, Mention } from '#libs/channels';
import { NotFoundError } from '#libs/core';
import { Database } from '#libs/database';
import {
  TemplateCatalogue,
  renderRoute,
  type CompiledRoute,
  type CompiledTemplate,
  type InlineContent,
} from '#libs/templates';
import type { Params } from '../params.js';
import type { DeliveryRow, MessageRow } from './message-rows.js';

/** What a delivery says, rendered as every attempt renders it. */
export interface DeliveryContent {
  readonly delivery: DeliveryRow;
  readonly route: CompiledRoute;
  readonly content: Content;
  readonly mentions: readonly Mention[];
}

/** Content is never stored rendered; it is rendered again on demand. */
@Injectable()
export class ContentReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
  ) {}

  /** @throws NotFoundError when the message has no such delivery; `content_purged` when its content is not kept any more */
  async ofDelivery(message: MessageRow, no: number): Promise<DeliveryContent> {
    const [delivery] = await this.database.query<DeliveryRow & { mentions: Mention[] | null }>(
      `SELECT d.*, (SELECT r.detail -> 'mentions' FROM recipient r
                    WHERE r.message_id = d.message_id AND r.delivery_no = d.no AND r.addressee_type = 'group' LIMIT 1)
                    AS mentions
       FROM delivery d WHERE d.message_id = $1 AND d.no = $2`,
      [message.id, no],
    );
    if (!delivery) throw new NotFoundError(`The message has no delivery ${no}`);
    if (message.content_purged_at) throw new NotFoundError('The content is older than it is kept', 'content_purged');
    const template = await this.templateOf(message);
    const route = template.routes.find((candidate) => candidate.no === delivery.route_no);
    if (!route) throw new NotFoundError('The route of the delivery is gone');
    const params = { ...message.params, ...delivery.params } as Params;
    const { content, mentions } = renderRoute(route, params, delivery.mentions ?? []);
    return { delivery, route, content, mentions };
  }

  private templateOf({
    inline_content: inline,
    template,
    template_version: version,
  }: MessageRow): Promise<CompiledTemplate> {
    if (template !== null && version !== null) return this.templates.getVersion(template, version);
    return Promise.resolve(this.templates.compileInline(inline as unknown as InlineContent));
  }
}
