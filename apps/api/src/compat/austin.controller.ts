import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  Authenticator,
  FailureThrottle,
  KeyUsage,
  TooManyFailuresError,
  UnauthenticatedError,
  type Identity,
} from '#libs/security';
import { BodyLimit, Public, RawBody } from '../http/index.js';
import { EXAMPLES } from '../messages/examples.js';
import { AustinService, type AustinAnswer, type AustinCall } from './austin.service.js';

const MIB = 1024 * 1024;
const ID = EXAMPLES.id;
const MESSAGE = { receiver: 'zhangsan,lisi', variables: { orderId: 'A123' }, bizId: 'order-A123' };

const bodyOf = (example: object): MethodDecorator => ApiBody({ schema: { type: 'object', example } });

class AustinAnswerDto {
  @ApiProperty({
    description: '`0`, A0001 parameters, A0002 template, A0003 over 100 receivers, B0001 ours',
    example: '0',
  })
  code!: string;

  @ApiProperty({ example: '操作成功' })
  msg!: string;

  @ApiProperty({
    type: 'array',
    nullable: true,
    items: { type: 'object' },
    example: [{ bizId: 'order-A123', businessId: 4220261122, messageId: ID }],
  })
  data!: object[] | null;
}

/** austin's calls. HTTP 200 for all of them; a missing key is told by the code as well. */
@ApiTags('Drop-in endpoints')
@ApiHeader({ name: 'Authorization', required: false, description: '`Bearer hy_…`; without a valid key: A0001' })
@ApiOkResponse({ type: AustinAnswerDto })
@Controller('compat/austin')
export class AustinController {
  constructor(
    @Inject(AustinService) private readonly austin: AustinService,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(FailureThrottle) private readonly throttle: FailureThrottle,
    @Inject(KeyUsage) private readonly usage: KeyUsage,
  ) {}

  @Post('send')
  @HttpCode(200)
  @Public()
  @RawBody()
  @BodyLimit(4 * MIB)
  @ApiOperation({ summary: "A message by a template's number or code" })
  @bodyOf({ messageTemplateId: 42, messageParam: MESSAGE })
  send(@Req() request: FastifyRequest): Promise<AustinAnswer> {
    return this.austin.send(this.callOf(request));
  }

  @Post('batchSend')
  @HttpCode(200)
  @Public()
  @RawBody()
  @BodyLimit(16 * MIB)
  @ApiOperation({ summary: 'Several messages of one template: all of them, or none' })
  @bodyOf({ messageTemplateId: 42, messageParamList: [MESSAGE] })
  batchSend(@Req() request: FastifyRequest): Promise<AustinAnswer> {
    return this.austin.batchSend(this.callOf(request));
  }

  @Post('recall')
  @HttpCode(200)
  @Public()
  @RawBody()
  @BodyLimit(MIB)
  @ApiOperation({ summary: 'Takes messages back by their ids' })
  @bodyOf({ messageTemplateId: 42, recallMessageIds: [ID] })
  recall(@Req() request: FastifyRequest): Promise<AustinAnswer> {
    return this.austin.recall(this.callOf(request));
  }

  private callOf({ body, headers, id, ip }: FastifyRequest): AustinCall {
    return {
      body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
      requestId: id,
      authenticate: () => this.authenticate(headers.authorization, ip),
    };
  }

  private async authenticate(header: string | undefined, address: string): Promise<Identity> {
    try {
      const identity = await this.authenticator.authenticate(header, address);
      await this.usage.admit(identity);
      return identity;
    } catch (error) {
      const waitMs = error instanceof UnauthenticatedError ? this.throttle.note(address) : undefined;
      throw waitMs === undefined ? error : new TooManyFailuresError(waitMs);
    }
  }
}
