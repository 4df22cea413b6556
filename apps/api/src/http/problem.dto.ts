import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class FaultDto {
  @ApiPropertyOptional({ description: 'JSON pointer into the body', example: '/params/orderId' })
  pointer?: string;

  @ApiPropertyOptional({ description: 'Name of a query parameter', example: 'limit' })
  parameter?: string;

  @ApiProperty({ example: 'missing_variable' })
  code!: string;

  @ApiProperty({ example: 'The template needs the variable orderId' })
  message!: string;

  @ApiPropertyOptional({ example: 2048 })
  limit?: number;

  @ApiPropertyOptional({ example: 3010 })
  actual?: number;

  @ApiPropertyOptional({ enum: ['bytes', 'characters', 'items', 'entries'], example: 'bytes' })
  unit?: string;
}

export class ProviderFaultDto {
  @ApiProperty({ description: 'Vendor', example: 'Example vendor' })
  name!: string;

  @ApiProperty({ example: '60020' })
  code!: string;

  @ApiProperty({ description: "The vendor's own words", example: 'not allow to access from your ip' })
  message!: string;

  @ApiPropertyOptional({ description: 'What the code means', example: 'The egress IP is not a trusted IP' })
  text?: string;

  @ApiPropertyOptional({ description: 'What to do', example: "Add the egress IP to the app's trusted IPs" })
  hint?: string;

  @ApiPropertyOptional({ description: "Asked for by the vendor's support", example: '1760000003111222333' })
  supportId?: string;

  @ApiPropertyOptional({ description: 'Where we called from; with `accounts:read` only', example: '203.0.113.7' })
  callerIp?: string;
}

/** Every answer that is not a success. */
export class ProblemDto {
  @ApiProperty({ example: 'urn:hongyan:error:validation_failed' })
  type!: string;

  @ApiProperty({ example: 'Some fields are not valid' })
  title!: string;

  @ApiProperty({ example: 422 })
  status!: number;

  @ApiProperty({ example: '/params/orderId The template needs the variable orderId' })
  detail!: string;

  @ApiProperty({ example: '/v1/messages' })
  instance!: string;

  @ApiProperty({ description: 'Stable; `GET /v1/errors` lists the codes', example: 'validation_failed' })
  code!: string;

  @ApiProperty({ example: '019a4f3e-6f1c-7c3e-9d41-2f6a1b0c7d55' })
  requestId!: string;

  @ApiProperty({ description: 'The same request may succeed later', example: false })
  retryable!: boolean;

  @ApiPropertyOptional({ description: 'Milliseconds', example: 1000 })
  retryAfterMs?: number;

  @ApiPropertyOptional({ type: [FaultDto] })
  errors?: FaultDto[];

  @ApiPropertyOptional({ type: ProviderFaultDto })
  provider?: ProviderFaultDto;

  @ApiPropertyOptional({ description: 'Reason code, when a provider refused', example: 'ip_not_trusted' })
  reason?: string;
}
