import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { People } from '../world/people.js';
import { JsonBodyPipe } from './json-body.pipe.js';

const MOST = 1_000_000;

/** Body of `POST /_sandbox/people`: single ids, or `prefix` + 1 … `prefix` + `count`, or both. */
export class PeopleDto {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST)
  @IsString({ each: true })
  @Matches(/^[0-9A-Za-z][0-9A-Za-z_\-@.]{0,63}$/, { each: true })
  ids?: string[];

  @IsOptional()
  @IsString()
  @Matches(/^[0-9A-Za-z][0-9A-Za-z_\-@.]{0,50}$/)
  prefix?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST)
  count?: number;
}

@Controller('_sandbox/people')
export class PeopleController {
  constructor(private readonly people: People) {}

  @Get()
  count(): { readonly count: number } {
    return { count: this.people.count };
  }

  @Post()
  @HttpCode(200)
  add(@Body(new JsonBodyPipe(PeopleDto)) { ids, prefix, count }: PeopleDto): object {
    const numbered = prefix === undefined ? [] : Array.from({ length: count ?? 1 }, (_, n) => `${prefix}${n + 1}`);
    return { added: this.people.add([...(ids ?? []), ...numbered]), count: this.people.count };
  }
}
