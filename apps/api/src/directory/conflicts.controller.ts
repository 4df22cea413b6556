import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotFoundError, isUuid } from '#libs/core';
import { ConflictStore, type DirectoryConflict } from '#libs/directory';
import { AuditLog, type Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  RequestId,
  RequireScopes,
  idCursor,
  pageOf,
  type Page,
} from '../http/index.js';
import { ConflictDto, ConflictsQuery, ResolveConflictDto } from './conflict.dto.js';
import { mobileFor } from './person.presenter.js';

const conflictFor =
  (identity: Identity) =>
  (conflict: DirectoryConflict): ConflictDto => {
    const { found, ...rest } = ConflictDto.from(conflict);
    return { ...rest, found: { ...found, mobile: mobileFor(identity, found.mobile) } };
  };

const LIST = 'conflicts';

@ApiTags('Directory')
@Controller('v1/directory/conflicts')
export class ConflictsController {
  constructor(
    private readonly conflicts: ConflictStore,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @RequireScopes('directory:read')
  @ApiOperation({ summary: 'List what syncs could not decide, newest first' })
  @ApiPage(ConflictDto, 'A page of conflicts')
  @ApiProblems(400, 422)
  async list(
    @Query() { cursor, limit, status }: ConflictsQuery,
    @CurrentIdentity() identity: Identity,
  ): Promise<Page<ConflictDto>> {
    const rows = await this.conflicts.list(status, limit + 1, idCursor(LIST, cursor));
    return pageOf(LIST, rows, limit, { positionOf: ({ id }) => [id], present: conflictFor(identity) });
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @RequireScopes('directory:write')
  @ApiOperation({ summary: 'Decide a conflict, also for later syncs' })
  @ApiOkResponse({ type: ConflictDto })
  @ApiProblems(400, 404, 409, 422)
  async resolve(
    @Param('id') id: string,
    @Body() body: ResolveConflictDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<ConflictDto> {
    if (!isUuid(id)) throw new NotFoundError('There is no such conflict');
    const { as, user } = body;
    const wish = { as, resolvedBy: identity.keyName, ...(user !== undefined && { user }) };
    const resolved = await this.conflicts.resolve(id, wish);
    const details = { as, ...(user !== undefined && { user }) };
    await this.audit.record({ identity, action: 'conflict.resolve', object: `conflict:${id}`, details, requestId });
    return ConflictDto.from(resolved);
  }
}
