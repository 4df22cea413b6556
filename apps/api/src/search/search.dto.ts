import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { HIT_TYPES, type HitType } from '#libs/insight';

const DEFAULT_LIMIT = 20;

export class SearchQuery {
  @ApiProperty({
    description: 'A name, user id, mobile, e-mail, message id, business key, provider message id or code',
    example: 'order:A123:paid',
  })
  @IsString()
  @Length(1, 200)
  q!: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 50, default: DEFAULT_LIMIT })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit: number = DEFAULT_LIMIT;
}

export class HitDto {
  @ApiProperty({ enum: HIT_TYPES, example: 'business_key' }) type!: HitType;
  @ApiProperty({ example: 'order:A123:paid', description: 'What its page is asked for by' }) id!: string;
  @ApiProperty({ example: 'order:A123:paid' }) label!: string;
  @ApiProperty({ enum: ['id', 'name', 'ref', 'businessKey', 'providerMsgId', 'code'], example: 'businessKey' })
  matchedBy!: string;
}

export class HitsDto {
  @ApiProperty({ type: [HitDto] }) data!: readonly HitDto[];
}
