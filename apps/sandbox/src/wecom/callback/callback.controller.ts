import { BadRequestException, Body, Controller, HttpCode, NotFoundException, Post } from '@nestjs/common';
import { IsInt, IsString, IsUrl, Matches } from 'class-validator';
import { JsonBodyPipe } from '../../control/json-body.pipe.js';
import { APPS, CORP_ID } from '../wecom-world.js';
import { CallbackAddresses } from './callback-addresses.service.js';

/** Body of `POST /_sandbox/wecom/callback`: what a person would enter on the app's page. */
export class CallbackDto {
  @IsInt()
  agentId!: number;

  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  url!: string;

  @IsString()
  @Matches(/^[0-9A-Za-z]{1,32}$/)
  token!: string;

  @IsString()
  @Matches(/^[0-9A-Za-z]{43}$/)
  aesKey!: string;
}

@Controller('_sandbox/wecom/callback')
export class CallbackController {
  constructor(private readonly addresses: CallbackAddresses) {}

  /** Like "save" in the admin console: the address must pass the vendor's check. */
  @Post()
  @HttpCode(200)
  async set(@Body(new JsonBodyPipe(CallbackDto)) { agentId, ...address }: CallbackDto): Promise<object> {
    const app = APPS.find((candidate) => candidate.agentId === agentId);
    if (!app) throw new NotFoundException({ error: 'not_found', message: `no app ${agentId} in ${CORP_ID}` });
    const result = await this.addresses.set(app.account, address);
    if (result === 'verified') return { account: app.account, verified: true };
    throw new BadRequestException({ error: 'url_check_failed', status: result.status, answer: result.body });
  }
}
