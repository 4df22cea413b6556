import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LoginService } from '#libs/directory';
import { AuditLog, requireAccount, type Identity } from '#libs/security';
import { ApiProblems, CurrentIdentity, RequestId, RequireScopes } from '../http/index.js';
import { familyIn } from './family.js';
import { LoginAnswerDto, LoginDto, LoginUrlDto, LoginUrlQuery } from './login.dto.js';

@ApiTags('Directory')
@Controller('v1/directory/:family')
export class LoginsController {
  constructor(
    private readonly logins: LoginService,
    private readonly audit: AuditLog,
  ) {}

  @Post('oauth')
  @HttpCode(200)
  @RequireScopes('directory:write')
  @ApiOperation({ summary: "Exchange a vendor's login code, and bind the person to it" })
  @ApiOkResponse({ type: LoginAnswerDto })
  @ApiProblems(400, 404, 409, 422)
  async login(
    @Param('family') name: string,
    @Body() { account, code, flow = 'in_app', user }: LoginDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<LoginAnswerDto> {
    requireAccount(identity, account);
    const family = familyIn(name);
    const answer = await this.logins.login({ family, account, code, flow, ...(user !== undefined && { user }) });
    if (user !== undefined) {
      const details = { family, providerUserId: answer.providerUserId, account };
      await this.audit.record({ identity, action: 'person.bind', object: `person:${user}`, details, requestId });
    }
    return answer;
  }

  @Get('oauth-url')
  @RequireScopes('directory:read')
  @ApiOperation({ summary: 'Where a person logs in at the vendor' })
  @ApiOkResponse({ type: LoginUrlDto })
  @ApiProblems(400, 404, 422)
  async loginUrl(
    @Param('family') name: string,
    @Query() { account, ...page }: LoginUrlQuery,
    @CurrentIdentity() identity: Identity,
  ): Promise<LoginUrlDto> {
    requireAccount(identity, account);
    return { url: await this.logins.loginUrl(familyIn(name), account, page) };
  }
}
