import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ConflictError } from '#libs/core';
import { PeopleStore } from '#libs/directory';
import { AuditLog, type Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  RequestId,
  RequireScopes,
  decodeCursor,
  pageOf,
  type Page,
} from '../http/index.js';
import { familyIn } from './family.js';
import { CreatePersonDto, PeopleQuery, PersonDto, PersonFieldsDto } from './person.dto.js';
import { personFor, presentPerson, readPerson } from './person.presenter.js';

const LIST = 'people';

@ApiTags('Directory')
@Controller('v1/people')
export class PeopleController {
  constructor(
    private readonly people: PeopleStore,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @RequireScopes('directory:read')
  @ApiOperation({ summary: 'Find people' })
  @ApiPage(PersonDto, 'People, by user id')
  @ApiProblems(400, 422)
  async list(
    @Query() { active, cursor, limit, q, stale }: PeopleQuery,
    @CurrentIdentity() identity: Identity,
  ): Promise<Page<PersonDto>> {
    const filter = {
      ...(q !== undefined && { q }),
      ...(active !== undefined && { active }),
      ...(stale !== undefined && { stale }),
    };
    const after = decodeCursor(LIST, cursor, ['text'])?.[0];
    const rows = await this.people.list(filter, limit + 1, after);
    return pageOf(LIST, rows, limit, { positionOf: ({ user }) => [user], present: personFor(identity) });
  }

  @Post()
  @RequireScopes('directory:write')
  @ApiOperation({ summary: 'Add a person' })
  @ApiCreatedResponse({ type: PersonDto })
  @ApiProblems(400, 409, 422)
  async create(
    @Body() body: CreatePersonDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonDto> {
    const { user } = body;
    const { fields, identities } = readPerson(body, { id: user });
    if (await this.people.find(user)) throw new ConflictError('already_exists', 'Somebody has this user id already');
    const { person } = await this.people.put(user, fields, 'api', identities);
    await this.audit.record({ identity, action: 'person.create', object: `person:${user}`, requestId });
    void reply.header('location', `/v1/people/${encodeURIComponent(user)}`);
    return presentPerson(person);
  }

  @Get(':user')
  @RequireScopes('directory:read')
  @ApiOperation({ summary: 'One person, with identities' })
  @ApiOkResponse({ type: PersonDto })
  @ApiProblems(404)
  async get(@Param('user') user: string, @CurrentIdentity() identity: Identity): Promise<PersonDto> {
    return personFor(identity)(await this.people.get(user));
  }

  @Put(':user')
  @HttpCode(200)
  @RequireScopes('directory:write')
  @ApiOperation({ summary: 'Write a person as a whole; add whoever is not there' })
  @ApiOkResponse({ type: PersonDto })
  @ApiProblems(400, 409, 422)
  async put(
    @Param('user') user: string,
    @Body() body: PersonFieldsDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<PersonDto> {
    const { fields, identities } = readPerson(body, { id: user });
    const { isNew, person } = await this.people.put(user, fields, 'api', identities);
    const action = isNew ? 'person.create' : 'person.update';
    await this.audit.record({ identity, action, object: `person:${user}`, requestId });
    return presentPerson(person);
  }

  @Delete(':user')
  @HttpCode(204)
  @RequireScopes('directory:write')
  @ApiOperation({ summary: 'Forget a person and their identities; messages stay' })
  @ApiNoContentResponse()
  @ApiProblems(404)
  async delete(
    @Param('user') user: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.people.delete(user);
    await this.audit.record({ identity, action: 'person.delete', object: `person:${user}`, requestId });
  }

  @Delete(':user/identities/:family')
  @HttpCode(204)
  @RequireScopes('directory:write')
  @ApiOperation({ summary: 'Forget what a vendor calls a person' })
  @ApiNoContentResponse()
  @ApiProblems(404)
  async deleteIdentity(
    @Param('user') user: string,
    @Param('family') family: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.people.deleteIdentity(user, familyIn(family));
    const details = { family };
    await this.audit.record({ identity, action: 'person.unbind', object: `person:${user}`, details, requestId });
  }
}
