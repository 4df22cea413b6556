import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PROVIDER_ERROR_CLASSES } from '#libs/channels';
import { LabelDto } from './field.dto.js';

class ProviderErrorMeaningDto {
  @ApiProperty({
    description:
      '`retry` tried again · `rate` the account waits · `token` renewed, then repeated · `credentials` the account is paused · ' +
      '`account`, `recipient`, `content`, `media` failed because of it · `unclear` may have gone out',
    enum: PROVIDER_ERROR_CLASSES,
    example: 'credentials',
  })
  handling!: string;

  @ApiProperty({ description: 'Code of the reason catalogue', example: 'ip_not_trusted' })
  reason!: string;

  @ApiProperty({ description: 'What the code means', type: LabelDto })
  text!: LabelDto;

  @ApiPropertyOptional({ description: 'What an operator can do about it', type: LabelDto })
  remedy?: LabelDto;

  @ApiPropertyOptional({
    description: 'Milliseconds that the account waits when the answer does not say',
    example: 60000,
  })
  waitMs?: number;
}

export class ProviderErrorCaseDto extends ProviderErrorMeaningDto {
  @ApiPropertyOptional({
    description: 'When it answers this call',
    enum: ['token', 'recall', 'receipts'],
    example: 'recall',
  })
  on?: string;

  @ApiPropertyOptional({ description: "When any of these stands in the provider's text", type: [String] })
  says?: string[];
}

export class ProviderErrorDto extends ProviderErrorMeaningDto {
  @ApiProperty({ description: '`x.*` stands for every code that begins with `x.`', example: '60020' })
  code!: string;

  @ApiPropertyOptional({ description: 'Other meanings of the same code', type: [ProviderErrorCaseDto] })
  cases?: ProviderErrorCaseDto[];
}
