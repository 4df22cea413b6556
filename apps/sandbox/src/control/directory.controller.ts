import { Body, Controller, Delete, HttpCode, Param, Post, Put } from '@nestjs/common';
import { IsArray, IsBoolean, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { LoginCodes } from '../world/login-codes.js';
import { OrgChart } from '../world/org-chart.js';
import { JsonBodyPipe } from './json-body.pipe.js';

/** Body of `POST /_sandbox/directory`: a company of this size in place of the one there is. */
export class CompanyDto {
  @IsInt()
  @Min(1)
  @Max(20_000)
  departments!: number;

  @IsInt()
  @Min(0)
  @Max(1_000_000)
  people!: number;
}

/** Body of `PUT /_sandbox/directory/members/{id}`: what the address books say of a member from now on. */
export class MemberDto {
  @IsOptional()
  @IsString()
  @MaxLength(64)
  name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(32)
  mobile?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  email?: string;

  @IsOptional()
  @IsArray()
  @IsInt({ each: true })
  departments?: number[];

  @IsOptional()
  @IsBoolean()
  isDisabled?: boolean;
}

/** Body of `POST /_sandbox/login-codes`; without a member the code is an outsider's. */
export class LoginCodeDto {
  @IsOptional()
  @IsString()
  member?: string;
}

@Controller('_sandbox')
export class DirectoryController {
  constructor(
    private readonly org: OrgChart,
    private readonly codes: LoginCodes,
  ) {}

  @Post('directory')
  @HttpCode(200)
  generate(@Body(new JsonBodyPipe(CompanyDto)) size: CompanyDto): object {
    this.org.generate(size);
    return { departments: this.org.listDepartments().length, people: this.org.headcount };
  }

  @Put('directory/members/:id')
  change(@Param('id') id: string, @Body(new JsonBodyPipe(MemberDto)) change: MemberDto): object {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    this.org.change(id, Object.fromEntries(given));
    return this.org.get(id) ?? {};
  }

  @Delete('directory/members/:id')
  @HttpCode(204)
  remove(@Param('id') id: string): void {
    this.org.remove(id);
  }

  @Post('login-codes')
  @HttpCode(200)
  issue(@Body(new JsonBodyPipe(LoginCodeDto)) { member }: LoginCodeDto): object {
    return { code: this.codes.issue(member ?? null) };
  }
}
