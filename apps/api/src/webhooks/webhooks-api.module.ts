import { Module } from '@nestjs/common';
import { SecurityModule } from '#libs/security';
import { TemplatesModule } from '#libs/templates';
import { WebhooksModule } from '#libs/webhooks';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhookSettingsReader } from './webhook-settings.reader.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({
  imports: [SecurityModule, TemplatesModule, WebhooksModule],
  controllers: [WebhookDeliveriesController, WebhooksController],
  providers: [WebhookSettingsReader],
})
export class WebhooksApiModule {}
