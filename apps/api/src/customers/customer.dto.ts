import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import type { CustomerRecord, CustomerTagCount } from '#libs/directory';
import { ListQuery } from '../http/index.js';

const MAX_CODE = 64;
const MAX_ID = 128;

export class CustomerTagsQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'As one account sees them', type: String })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_CODE)
  account?: string;
}

export class CustomersQuery extends CustomerTagsQuery {
  @ApiPropertyOptional({ description: "The vendor's id of a customer, or the beginning of a name", type: String })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_ID)
  q?: string;

  @ApiPropertyOptional({ description: 'Id of a tag that they bear', type: String })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_ID)
  tag?: string;

  @ApiPropertyOptional({ description: "The vendor's user id of a member who has the contact", type: String })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_ID)
  follower?: string;
}

export class CustomerTagDto {
  @ApiProperty({ example: 'etSandboxTagVip' }) id!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Null: not told yet', example: 'VIP' })
  name!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '客户等级' }) group!: string | null;
}

export class CustomerTagCountDto extends CustomerTagDto {
  @ApiProperty({ example: 'sales-customers' }) account!: string;
  @ApiProperty({ description: 'How many bear it', example: 12 }) customers!: number;

  static from({ account, customers, group, id, name }: CustomerTagCount): CustomerTagCountDto {
    return { account, id, name, group, customers };
  }
}

export class CustomerFollowerDto {
  @ApiProperty({ description: "The member's user id at the vendor", example: 'zhangsan' }) user!: string;
  @ApiProperty({ description: 'What the member calls the customer', example: '林总' }) remark!: string;
  @ApiProperty({
    type: [String],
    description: 'Ids of the tags that the member has given',
    example: ['etSandboxTagVip'],
  })
  tags!: readonly string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-10-09T08:53:20.000Z' })
  addedAt!: string | null;
}

/** A customer as one account sees them. */
export class CustomerDto {
  @ApiProperty({ description: 'For `{"customer": …}` in recipients', example: 'wmSandboxCustomer0001' })
  customer!: string;
  @ApiProperty({ example: 'sales-customers' }) account!: string;
  @ApiProperty({ example: '林一' }) name!: string;
  @ApiProperty({
    enum: ['personal', 'corporate'],
    description: 'Reached by an account of their own, or of their organisation',
    example: 'personal',
  })
  kind!: string;
  @ApiProperty({ type: String, nullable: true, example: null }) company!: string | null;
  @ApiProperty({ type: [CustomerFollowerDto] }) followers!: readonly CustomerFollowerDto[];
  @ApiProperty({ type: [CustomerTagDto] }) tags!: readonly CustomerTagDto[];
  @ApiProperty({ format: 'date-time', example: '2026-11-22T02:00:00.000Z' }) seenAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'No contact any more', example: null })
  goneAt!: string | null;

  static from(record: CustomerRecord): CustomerDto {
    const { account, company, followers, goneAt, id, kind, name, seenAt, tags } = record;
    return {
      customer: id,
      account,
      name,
      kind,
      company,
      followers,
      tags,
      seenAt: seenAt.toISOString(),
      goneAt: goneAt?.toISOString() ?? null,
    };
  }
}

export class ReadCustomersDto {
  @ApiProperty({ description: 'Whose customers to read', maxLength: MAX_CODE, example: 'sales-customers' })
  @IsString()
  @MaxLength(MAX_CODE)
  account!: string;
}
