import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import {
  AmbiguousDeliveryError,
  ConflictError,
  DeliveryError,
  HongyanError,
  NotFoundError,
  RateLimitedError,
  RetryableDeliveryError,
  UnavailableError,
  ValidationError,
  describeError,
  type ErrorEntry,
  type Fault,
  type JsonObject,
  type Language,
  type ProviderFault,
} from '#libs/core';
import { isConnectionFault } from '#libs/database';
import { redact } from '#libs/security';

/** An answer that is not a success (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Path of the request. */
  readonly instance: string;
  /** Stable code of the error catalogue. */
  readonly code: string;
  readonly requestId: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly errors?: readonly Fault[];
  readonly provider?: ProblemProvider;
  /** Code of the reason catalogue, when a provider refused. */
  readonly reason?: string;
}

/** What a provider answered, in the reader's language. */
export interface ProblemProvider extends Omit<ProviderFault, 'text' | 'hint'> {
  readonly text?: string;
  readonly hint?: string;
}

export interface ProblemContext {
  readonly language: Language;
  readonly requestId: string;
  readonly instance: string;
  /** Whether the caller may learn which address a provider was called from; default no. */
  readonly seesAddresses?: boolean;
}

const DEFAULT_RETRY_MS = 1_000;

/** Statuses an error class may answer with: the first one, unless the catalogue gives its code another of them. */
const CLASS_STATUSES: readonly (readonly [abstract new (...args: never[]) => HongyanError, readonly number[]])[] = [
  [NotFoundError, [404, 410]],
  [ValidationError, [422, 400, 403, 413]],
  [ConflictError, [409, 400, 403, 412, 413, 415, 422, 429]],
  [UnavailableError, [503]],
];

const HTTP_CODES: Readonly<Record<number, string>> = {
  404: 'not_found',
  413: 'payload_too_large',
  414: 'not_found',
  415: 'unsupported_media_type',
  503: 'unavailable',
};

/** Turns whatever was thrown into the domain error that answers it. Unknown things become `internal_error`. */
export function toDomainError(error: unknown): HongyanError {
  if (error instanceof DeliveryError) return error;
  if (error instanceof HongyanError) return error;
  if (isConnectionFault(error)) return new UnavailableError('The database is not reachable', DEFAULT_RETRY_MS);
  if (error instanceof HttpException) return new HttpFault(error.getStatus());
  return new HttpFault(500);
}

/** What the framework itself refused. */
class HttpFault extends HongyanError {
  constructor(status: number) {
    const code = HTTP_CODES[status] ?? (status < 500 ? 'bad_request' : 'internal_error');
    super(code, describeError(code)?.title.en ?? 'Error');
  }
}

const mayWork = (error: DeliveryError): boolean =>
  error instanceof RetryableDeliveryError ||
  error instanceof RateLimitedError ||
  error instanceof AmbiguousDeliveryError;

/** Reasons of provider calls are no codes of this API: two codes stand for them, the reason is told beside. */
function codeOf(error: HongyanError): string {
  if (!(error instanceof DeliveryError)) return error.code;
  return mayWork(error) ? 'provider_unavailable' : 'provider_refused';
}

function statusOf(error: HongyanError, entry: ErrorEntry | undefined): number {
  const statuses = CLASS_STATUSES.find(([type]) => error instanceof type)?.[1];
  if (!statuses) return entry?.status ?? 500;
  return entry && statuses.includes(entry.status) ? entry.status : (statuses[0] ?? 500);
}

function retryAfterMsOf(error: HongyanError, isRetryable: boolean): number | undefined {
  if ('retryAfterMs' in error && typeof error.retryAfterMs === 'number') return Math.ceil(error.retryAfterMs);
  return isRetryable ? DEFAULT_RETRY_MS : undefined;
}

/** The fault in the reader's language: Chinese has the catalogue's short text, English the specific one. */
function localize(fault: Fault, language: Language): Fault {
  const title = language === 'en' ? undefined : describeError(fault.code)?.title[language];
  return title === undefined ? fault : { ...fault, message: title };
}

function detailOf(error: HongyanError, entry: ErrorEntry | undefined, status: number, language: Language): string {
  if (status >= 500) return entry?.title[language] ?? STATUS_CODES[status] ?? 'Error';
  return language === 'en' ? redact(error.message) : (entry?.title[language] ?? redact(error.message));
}

function providerOf(
  { callerIp, hint, text, ...facts }: ProviderFault,
  { language, seesAddresses = false }: ProblemContext,
): ProblemProvider {
  return {
    ...facts,
    ...(text && { text: text[language] }),
    ...(hint && { hint: hint[language] }),
    ...(seesAddresses && callerIp !== undefined && { callerIp }),
  };
}

/** The answer for an error: never a stack, path, SQL or host name. */
export function problemOf(error: HongyanError, context: ProblemContext): Problem & JsonObject {
  const code = codeOf(error);
  const entry = describeError(code);
  const status = statusOf(error, entry);
  const retryable = entry?.retryable ?? status === 503;
  const retryAfterMs = retryAfterMsOf(error, retryable);
  const problem = {
    ...(status < 500 && error.meta),
    type: `urn:hongyan:error:${code}`,
    title: entry?.title[context.language] ?? STATUS_CODES[status] ?? 'Error',
    status,
    detail: detailOf(error, entry, status, context.language),
    instance: context.instance,
    code,
    requestId: context.requestId,
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(error instanceof ValidationError && {
      errors: error.faults.map((fault) => localize(fault, context.language)),
    }),
    ...(error.provider && { provider: providerOf(error.provider, context) }),
    ...(error instanceof DeliveryError && { reason: error.reason }),
  };
  return problem as unknown as Problem & JsonObject;
}
