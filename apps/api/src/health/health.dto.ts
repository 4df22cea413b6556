import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export const HEALTH_STATES = ['ok', 'degraded', 'down'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

export class CheckDto {
  @ApiProperty({ enum: HEALTH_STATES, example: 'ok' })
  status!: HealthState;

  @ApiPropertyOptional({ description: 'What is wrong', example: 'The clock is 75 s away from the database' })
  reason?: string;

  @ApiPropertyOptional({ description: 'Jobs not taken yet', example: 12 })
  waiting?: number;
}

export class LivenessDto {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status!: 'ok';
}

export class ReadinessDto {
  @ApiProperty({ enum: HEALTH_STATES, example: 'ok' })
  status!: HealthState;

  @ApiPropertyOptional({
    description: 'Only with a valid key',
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/CheckDto' },
    example: { database: { status: 'ok' }, queue: { status: 'ok', waiting: 12 } },
  })
  checks?: Readonly<Record<string, CheckDto>>;
}
