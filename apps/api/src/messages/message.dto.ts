import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject, JsonValue } from '#libs/core';
import { DELIVERY_STATUSES, MESSAGE_STATUSES } from '#libs/messages';
import { EXAMPLES } from './examples.js';

const { at: AT, channel: CHANNEL, id: ID } = EXAMPLES;

/** What the vendor said about a call. */
export class ProviderDto {
  @ApiPropertyOptional({ description: 'The vendor', example: 'Example vendor' }) name?: string;
  @ApiProperty({ example: '60020' }) code!: string;
  @ApiPropertyOptional({ example: 'not allow to access from your ip', description: "The vendor's own words" })
  message?: string;
  @ApiPropertyOptional({ example: 'The egress IP is not a trusted IP', description: 'What the code means' })
  text?: string;
  @ApiPropertyOptional({ example: "Add this host's egress IP to the trusted IPs", description: 'What to do about it' })
  hint?: string;
  @ApiPropertyOptional({ example: '1760000003111222333', description: "Asked for by the vendor's support" })
  supportId?: string;
  @ApiPropertyOptional({ example: '203.0.113.7', description: 'Where we called from; with `accounts:read` only' })
  callerIp?: string;
}

export class DeliveryErrorDto {
  @ApiProperty({ example: 'ip_not_trusted', description: 'Code of the reason catalogue' }) code!: string;
  @ApiPropertyOptional({ example: 'The egress IP is not a trusted IP' }) message?: string;
  @ApiPropertyOptional({ type: ProviderDto }) provider?: ProviderDto;
  @ApiPropertyOptional({ type: 'array', items: { type: 'object' }, description: 'Faults of the content' })
  errors?: readonly object[];
}

export class DeliveryDto {
  @ApiProperty({ example: 1, description: '1, 2, … within the message' }) no!: number;
  @ApiProperty({ example: 'first', enum: ['first', 'split', 'fallback', 'replay', 'digest'] }) kind!: string;
  @ApiProperty({ example: 1, description: 'Route of the template' }) routeNo!: number;
  @ApiProperty({ example: CHANNEL }) channel!: string;
  @ApiProperty({ example: 'sales-app' }) account!: string;
  @ApiProperty({ enum: DELIVERY_STATUSES, example: 'sent' }) status!: string;
  @ApiProperty({ example: 1, description: 'Provider calls that counted' }) attempts!: number;
  @ApiPropertyOptional({ example: 'rate_limited', description: 'Code of the reason catalogue' }) reason?: string;
  @ApiPropertyOptional({ example: 'mQv3-text-0001', description: "The vendor's id" }) providerMsgId?: string;
  @ApiPropertyOptional({ example: 'rc-button-0001' }) responseCode?: string;
  @ApiPropertyOptional({ type: DeliveryErrorDto, description: 'How the last call ended, when badly' })
  error?: JsonObject;
  @ApiPropertyOptional({ example: AT }) nextAttemptAt?: string;
  @ApiPropertyOptional({ example: AT }) sentAt?: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { status: 'recalled' } })
  recall?: JsonObject;
  @ApiPropertyOptional({ example: true, description: 'Sent again after an unclear outcome' })
  possibleDuplicate?: boolean;
}

export class MessageRecallDto {
  @ApiProperty({ example: ID, format: 'uuid' }) id!: string;
  @ApiProperty({ example: AT }) requestedAt!: string;
}

export class MessageDto {
  @ApiProperty({ example: ID, format: 'uuid' }) id!: string;
  @ApiProperty({ type: String, nullable: true, example: 'order-paid' }) template!: string | null;
  @ApiProperty({ type: Number, nullable: true, example: 3 }) templateVersion!: number | null;
  @ApiProperty({ enum: MESSAGE_STATUSES, example: 'accepted' }) status!: string;
  @ApiPropertyOptional({ example: 'duplicate_content', description: 'Code of the reason catalogue' }) reason?: string;
  @ApiProperty({ type: [String], example: [CHANNEL] }) channels!: readonly string[];
  @ApiProperty({ enum: ['high', 'normal', 'low'], example: 'normal' }) priority!: string;
  @ApiPropertyOptional({ example: 'order:A123:paid' }) businessKey?: string;
  @ApiPropertyOptional({ example: ID, format: 'uuid' }) batchId?: string;
  @ApiProperty({ example: 2, description: 'Addressees' }) recipientCount!: number;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { pending: 2 },
    description: 'Recipient rows by state',
  })
  counts!: Readonly<Record<string, number>>;
  @ApiProperty({ example: 1, description: 'Provider calls planned' }) deliveryCount!: number;
  @ApiProperty({ example: false, description: 'More than the 100 deliveries shown' }) deliveriesTruncated!: boolean;
  @ApiProperty({ example: false, description: 'The business key named this message before' }) duplicate!: boolean;
  @ApiPropertyOptional({ example: AT }) sendAt?: string;
  @ApiProperty({ example: AT }) expireAt!: string;
  @ApiProperty({ example: AT }) createdAt!: string;
  @ApiProperty({ example: AT }) updatedAt!: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { system: 'erp' } })
  metadata?: JsonObject;
  @ApiPropertyOptional({ type: MessageRecallDto }) recall?: MessageRecallDto;
  @ApiPropertyOptional({ example: ID, format: 'uuid' }) mergedInto?: string;
  @ApiPropertyOptional({
    example: AT,
    description: 'Parameters, metadata and provider answers are older than they are kept',
  })
  contentPurgedAt?: string;
  @ApiPropertyOptional({ type: [DeliveryDto] }) deliveries?: readonly DeliveryDto[];
  @ApiPropertyOptional({ example: 'Sent to 3, 1 refused as recipients.', description: 'What became of it' })
  sentence?: string;
  @ApiPropertyOptional({ example: AT, description: 'Until then at least a part of it can be taken back' })
  recallableUntil?: string;
  @ApiPropertyOptional({ example: 'erp', description: 'Code of the caller it belongs to' }) caller?: string;
  @ApiPropertyOptional({ type: [String], example: ['sales-app'] }) accounts?: readonly string[];
  @ApiPropertyOptional({ example: 'user:zhangsan' }) firstRecipient?: string;
}

export class RecipientRecallDto {
  @ApiProperty({ enum: ['requested', 'recalled', 'failed', 'uncertain'], example: 'recalled' }) status!: string;
  @ApiPropertyOptional({ example: 'recall_window_closed' }) reason?: string;
}

export class RecipientDto {
  @ApiProperty({ example: 'user:zhangsan' }) recipient!: string;
  @ApiProperty({ example: CHANNEL }) channel!: string;
  @ApiProperty({ example: 'sales-app' }) account!: string;
  @ApiProperty({ example: 1 }) deliveryNo!: number;
  @ApiProperty({ example: 'sent' }) status!: string;
  @ApiPropertyOptional({ example: 'zhangsan' }) providerUserId?: string;
  @ApiPropertyOptional({ example: 'not_in_directory' }) reason?: string;
  @ApiPropertyOptional({ example: 'Not in the directory' }) text?: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { duplicateOf: ID } })
  detail?: JsonObject;
  @ApiPropertyOptional({ type: ProviderDto, description: 'When the vendor refused the recipient' })
  provider?: ProviderDto;
  @ApiPropertyOptional({ example: AT, description: 'When a receipt said that it arrived' }) deliveredAt?: string;
  @ApiPropertyOptional({ example: AT, description: 'When a receipt said that it was read' }) readAt?: string;
  @ApiPropertyOptional({ type: RecipientRecallDto }) recall?: RecipientRecallDto;
}

export class AttemptDto {
  @ApiProperty({ example: 1 }) deliveryNo!: number;
  @ApiProperty({ example: 1 }) no!: number;
  @ApiProperty({ example: CHANNEL }) channel!: string;
  @ApiProperty({ example: 'sales-app' }) account!: string;
  @ApiProperty({ example: AT }) startedAt!: string;
  @ApiPropertyOptional({ example: AT }) finishedAt?: string;
  @ApiPropertyOptional({ enum: ['sent', 'not_sent', 'rejected', 'unknown'], example: 'sent' }) outcome?: string;
  @ApiPropertyOptional({ example: 'provider_busy' }) reason?: string;
  @ApiPropertyOptional({ example: '0', description: "The provider's code" }) code?: string;
  @ApiPropertyOptional({ type: ProviderDto, description: 'What the code means, unless it is a success' })
  provider?: ProviderDto;
  @ApiPropertyOptional({ example: 'mQv3-text-0001' }) providerMsgId?: string;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Method, address and body, redacted',
  })
  request?: JsonValue;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'HTTP status and body, redacted' })
  response?: JsonValue;
  @ApiPropertyOptional({ example: 42 }) durationMs?: number;
}

export class TimelineEventDto {
  @ApiProperty({ example: AT }) at!: string;
  @ApiProperty({ example: 'attempt_finished' }) event!: string;
  @ApiProperty({ example: 'Provider call 1 ended: accepted' }) text!: string;
  @ApiPropertyOptional({ example: 'provider_busy' }) reason?: string;
  @ApiPropertyOptional({ example: 'sent' }) outcome?: string;
  @ApiPropertyOptional({ example: 1 }) deliveryNo?: number;
  @ApiPropertyOptional({ example: 1 }) attempt?: number;
  @ApiPropertyOptional({ type: ProviderDto }) provider?: ProviderDto;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Of `card_clicked`: who pressed which button, with what selected',
    example: { user: 'zhangsan', key: 'approve', selections: [] },
  })
  click?: JsonObject;
}

export class ContentDto {
  @ApiProperty({ example: 1 }) deliveryNo!: number;
  @ApiProperty({ example: CHANNEL }) channel!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, example: { kind: 'text', content: 'Order A123 is paid' } })
  content!: JsonObject;
}

export class BatchResultDto {
  @ApiProperty({ example: 0 }) index!: number;
  @ApiProperty({ enum: [200, 202, 409, 422], example: 202 }) status!: number;
  @ApiPropertyOptional({ type: MessageDto }) message?: MessageDto;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true }) problem?: object;
}

export class BatchDto {
  @ApiProperty({ example: ID, format: 'uuid' }) batchId!: string;
  @ApiProperty({ type: [BatchResultDto] }) results!: readonly BatchResultDto[];
}

export class DryRunDto {
  @ApiProperty({ example: 2 }) recipientCount!: number;
  @ApiProperty({ example: 1 }) providerCalls!: number;
  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'Who goes with which provider call' })
  deliveries!: readonly object[];
  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'Rendered content per route' })
  contents!: readonly object[];
  @ApiProperty({
    type: 'array',
    items: { type: 'object' },
    description: 'Per account, whether its calls have room now',
  })
  limits!: readonly object[];
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object' },
    description: 'Per person, the id at the vendor or why there is none, as the directory has it now',
  })
  people?: readonly object[];
  @ApiPropertyOptional({ example: AT, description: 'It would wait for the end of the quiet hours' })
  quietUntil?: string;
  @ApiPropertyOptional({ example: AT }) sendAt?: string;
  @ApiProperty({ example: AT }) expireAt!: string;
}
