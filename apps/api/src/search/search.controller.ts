import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SearchService } from '#libs/insight';
import { seesAllCallers, type Identity } from '#libs/security';
import { ApiProblems, CurrentIdentity, RequireScopes } from '../http/index.js';
import { HitsDto, SearchQuery } from './search.dto.js';

@ApiTags('search')
@Controller('v1/search')
export class SearchController {
  constructor(@Inject(SearchService) private readonly searches: SearchService) {}

  @Get()
  @RequireScopes('messages:read')
  @ApiOperation({ summary: 'Recognise what was typed, and find it' })
  @ApiOkResponse({ type: HitsDto, description: 'Exact look-ups, and beginnings of names and codes' })
  @ApiProblems(422)
  async search(@Query() { limit, q }: SearchQuery, @CurrentIdentity() identity: Identity): Promise<HitsDto> {
    const { callerId, scopes, templates } = identity;
    const scope = {
      ...(!seesAllCallers(identity) && { callerId }),
      ...(templates && { templates }),
      mayReadTemplates: scopes.has('templates:read'),
      mayReadAccounts: scopes.has('accounts:read'),
      mayReadPeople: scopes.has('directory:read'),
    };
    return { data: await this.searches.search(q, scope, limit) };
  }
}
