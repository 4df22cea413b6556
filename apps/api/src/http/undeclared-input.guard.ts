import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { ValidationError, isJsonObject, type Fault } from '#libs/core';

interface Reads {
  readonly query: boolean;
  readonly body: boolean;
}

/**
 * Refuses query parameters and bodies of calls that take none: what a caller of `/v1` says is never ignored. Where a
 * handler reads one, `ShapePipe` checks it. Pages and probes may be asked for with anything behind them.
 */
@Injectable()
export class UndeclaredInputGuard implements CanActivate {
  private readonly known = new Map<object, Reads>();

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!request.url.startsWith('/v1/')) return true;
    const reads = this.readsOf(context);
    const faults = [
      ...(reads.query ? [] : namesOf(request.query).map(parameterFault)),
      ...(reads.body ? [] : namesOf(request.body).map(memberFault)),
    ];
    if (faults.length > 0) throw new ValidationError(faults);
    return true;
  }

  private readsOf(context: ExecutionContext): Reads {
    const handler = context.getHandler();
    const known = this.known.get(handler);
    if (known) return known;
    const parameters = Object.keys(
      (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) as object | undefined) ?? {},
    );
    const takes = (type: RouteParamtypes): boolean => parameters.some((key) => key.startsWith(`${type}:`));
    const readsAll = takes(RouteParamtypes.REQUEST);
    const reads = {
      query: readsAll || takes(RouteParamtypes.QUERY),
      body: readsAll || takes(RouteParamtypes.BODY) || takes(RouteParamtypes.RAW_BODY),
    };
    this.known.set(handler, reads);
    return reads;
  }
}

const namesOf = (value: unknown): readonly string[] => (isJsonObject(value) ? Object.keys(value) : []);

const parameterFault = (parameter: string): Fault => ({
  parameter,
  code: 'unknown_parameter',
  message: 'this call takes no parameters',
});

const memberFault = (name: string): Fault => ({
  pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
  code: 'unknown_field',
  message: 'this call takes no body',
});
