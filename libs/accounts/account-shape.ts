import { IsBoolean, IsIn, IsObject, IsString, Length, Matches, MaxLength } from 'class-validator';
import { MayBeNull, type JsonObject } from '#libs/core';
import type { AccountLimits, AccountStatus } from './sending-account.js';

const CODE = /^[a-z0-9\-_.]{1,64}$/;

/** The fields that creating and changing an account have in common; `config` and `limits` depend on the channel. */
class AccountFields {
  @IsString()
  @Length(1, 100)
  name!: string;

  @IsObject()
  config!: JsonObject;

  @MayBeNull()
  @IsObject()
  limits?: AccountLimits | null;

  @MayBeNull()
  @IsString()
  @MaxLength(500)
  baseUrl?: string | null;

  @MayBeNull()
  @IsString()
  @MaxLength(500)
  proxyUrl?: string | null;

  @MayBeNull()
  @IsBoolean()
  compat?: boolean | null;

  @MayBeNull()
  @IsIn(['active', 'paused'])
  status?: AccountStatus | null;

  @MayBeNull()
  @IsString()
  @MaxLength(500)
  pausedReason?: string | null;
}

export class NewAccountShape extends AccountFields {
  @Matches(CODE, { message: 'must be 1 to 64 of a-z, 0-9, -, _ and .' })
  code!: string;

  @IsString()
  channel!: string;
}

/** `code` and `channel` may be repeated but not changed. */
export class AccountChangeShape extends AccountFields {
  @MayBeNull()
  @IsString()
  code?: string | null;

  @MayBeNull()
  @IsString()
  channel?: string | null;
}
