import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MayBeNull, isTimeZone } from '#libs/core';
import {
  AMBIGUITY_RULES,
  FALLBACK_CAUSES,
  OVERFLOW_RULES,
  QUIET_ACTIONS,
  STRATEGIES,
  TEMPLATE_CODE,
  UNKNOWN_USER_RULES,
  VARIABLE_NAME,
  type AmbiguityRule,
  type FallbackRule,
  type OverflowRule,
  type QuietHours,
  type Strategy,
  type UnknownUserRule,
} from '../template-definition.js';

const DAY_SECONDS = 86_400;
const WALL_CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** May be left out; where it may be null as well, `IsOptional` is used. */
const IfGiven = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);

const IsTimeZone = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isTimeZone',
      validator: { validate: isTimeZone, defaultMessage: () => 'must be an IANA time zone, e.g. Asia/Shanghai' },
    },
    { context: { code: 'invalid_value' } },
  );

const IsPlainValue = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isPlainValue',
      validator: {
        validate: (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value),
        defaultMessage: () => 'must be a string, a number or a boolean',
      },
    },
    { context: { code: 'wrong_type' } },
  );

class VariableShape {
  @Matches(VARIABLE_NAME, { message: 'must be 1–64 of A–Z a–z 0–9 _ .' })
  name!: string;

  @IfGiven()
  @IsBoolean()
  required?: boolean;

  @IfGiven()
  @IsPlainValue()
  example?: string | number | boolean;

  @IfGiven()
  @IsString()
  @MaxLength(500)
  description?: string;
}

class RouteShape {
  @IsString()
  @IsNotEmpty()
  channel!: string;

  @IfGiven()
  @IsString()
  @IsNotEmpty()
  account?: string;

  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  accounts?: string[];

  @IsDefined()
  @IsObject()
  content!: object;

  @IfGiven()
  @IsObject()
  options?: object;
}

class FallbackShape {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn([...FALLBACK_CAUSES], { each: true })
  on!: FallbackRule['on'][number][];

  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(7 * DAY_SECONDS)
  afterSeconds?: number;
}

class ContentDedupeShape {
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(30 * DAY_SECONDS)
  windowSeconds?: number;

  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(1000)
  limit?: number;
}

class FrequencyShape {
  @IsInt()
  @Min(1)
  @Max(30 * DAY_SECONDS)
  windowSeconds!: number;

  @IsInt()
  @Min(1)
  @Max(1000)
  limit!: number;
}

class DedupeShape {
  @MayBeNull()
  @IsObject()
  @ValidateNested()
  @Type(() => ContentDedupeShape)
  content?: ContentDedupeShape | null;

  @MayBeNull()
  @IsObject()
  @ValidateNested()
  @Type(() => FrequencyShape)
  frequency?: FrequencyShape | null;
}

class QuietHoursShape {
  @Matches(WALL_CLOCK, { message: 'must be a time of day, HH:mm' })
  from!: string;

  @Matches(WALL_CLOCK, { message: 'must be a time of day, HH:mm' })
  to!: string;

  @IfGiven()
  @IsTimeZone()
  timeZone?: string;

  @IfGiven()
  @IsIn([...QUIET_ACTIONS])
  action?: QuietHours['action'];

  @IfGiven()
  @IsBoolean()
  highBypasses?: boolean;
}

/** A template as a caller writes it: types, lengths and ranges. What needs the channels is checked afterwards. */
export class TemplateShape {
  @IfGiven()
  @Matches(TEMPLATE_CODE, { message: 'must be 1–64 of a–z 0–9 - _ .' })
  code?: string;

  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @IfGiven()
  @IsString()
  @MaxLength(2000)
  description?: string;

  @IfGiven()
  @IsArray()
  @ArrayMaxSize(256)
  @ValidateNested({ each: true })
  @Type(() => VariableShape)
  variables?: VariableShape[];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => RouteShape)
  routes!: RouteShape[];

  @IfGiven()
  @IsIn([...STRATEGIES])
  strategy?: Strategy;

  @MayBeNull()
  @IsObject()
  @ValidateNested()
  @Type(() => FallbackShape)
  fallback?: FallbackShape | null;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => DedupeShape)
  dedupe?: DedupeShape;

  @MayBeNull()
  @IsObject()
  @ValidateNested()
  @Type(() => QuietHoursShape)
  quietHours?: QuietHoursShape | null;

  @IfGiven()
  @IsIn([...AMBIGUITY_RULES])
  onAmbiguous?: AmbiguityRule;

  @IfGiven()
  @IsIn([...OVERFLOW_RULES])
  overflow?: OverflowRule;

  /** At most 90 days, as far ahead as a message can be planned. */
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(90 * DAY_SECONDS)
  ttlSeconds?: number;

  @IfGiven()
  @IsIn([...UNKNOWN_USER_RULES])
  unknownUser?: UnknownUserRule;

  @IfGiven()
  @IsBoolean()
  enabled?: boolean;
}
