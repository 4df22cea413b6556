import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsInt, Max, Min, ValidateIf } from 'class-validator';
import { AuditLog, requireTemplate, type Identity } from '#libs/security';
import { TemplateNumbers } from '#libs/templates';
import { ApiProblems, CurrentIdentity, RequestId, RequireScopes } from '../http/index.js';

/** As many digits as every system keeps. */
const MOST = 999_999_999_999_999;

export class TemplateNumberDto {
  @ApiProperty({ type: Number, nullable: true, description: 'Null: none', minimum: 1, maximum: MOST, example: 42 })
  @ValidateIf(({ number }: TemplateNumberDto) => number !== null)
  @IsInt()
  @Min(1)
  @Max(MOST)
  number!: number | null;
}

/** The number by which systems that know no codes call a template. */
@ApiTags('Drop-in endpoints')
@Controller('v1/templates/:code/number')
export class TemplateNumberController {
  constructor(
    @Inject(TemplateNumbers) private readonly numbers: TemplateNumbers,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @Get()
  @RequireScopes('templates:read')
  @ApiOperation({ summary: 'The number of a template' })
  @ApiOkResponse({ type: TemplateNumberDto })
  @ApiProblems(404)
  async get(@Param('code') code: string, @CurrentIdentity() identity: Identity): Promise<TemplateNumberDto> {
    requireTemplate(identity, code);
    return { number: await this.numbers.get(code) };
  }

  @Put()
  @RequireScopes('templates:write')
  @ApiOperation({ summary: 'Gives a template a number, or takes it away' })
  @ApiBody({ type: TemplateNumberDto })
  @ApiOkResponse({ type: TemplateNumberDto })
  @ApiProblems(400, 404, 409, 415, 422)
  async set(
    @Param('code') code: string,
    @Body() { number }: TemplateNumberDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<TemplateNumberDto> {
    requireTemplate(identity, code);
    await this.numbers.set(code, number);
    const object = `template:${code}`;
    await this.audit.record({ identity, requestId, action: 'template.number', object, details: { number } });
    return { number };
  }
}
