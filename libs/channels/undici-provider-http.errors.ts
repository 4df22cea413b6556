import { AmbiguousDeliveryError, RetryableDeliveryError, type DeliveryError } from '#libs/core';

/** What is known about a call when it ends without an answer. */
export interface BrokenCall {
  /** Method, origin and path; never the query, which holds credentials. */
  readonly label: string;
  /** Whether a connection was ready and the first byte may have been written. */
  readonly left: boolean;
  readonly proxied: boolean;
}

/** Our own end of a call: its total deadline passed, or the caller gave it up. */
export class CallEndedError extends Error {
  constructor(
    readonly code: 'CALL_DEADLINE' | 'CALL_ABORTED',
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'ENODATA']);
const TLS_CODES = /^(ERR_SSL_|ERR_TLS_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|EPROTO$|UND_ERR_PRX_TLS$)/;
const TIMEOUT_CODES = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'CALL_DEADLINE']);
const GARBLED_CODES = /^(HTTPParserError$|HPE_|UND_ERR_RES_)/;

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : error.name);

function unreachableReason(code: string, call: BrokenCall): string {
  if (TLS_CODES.test(code)) return 'tls_failed';
  if (call.proxied) return 'proxy_failed';
  return DNS_CODES.has(code) ? 'dns_failed' : 'connect_failed';
}

function unclearReason(code: string): string {
  if (TIMEOUT_CODES.has(code)) return 'timeout_after_send';
  return GARBLED_CODES.test(code) ? 'garbled_answer' : 'connection_lost';
}

/**
 * Says whether a broken call certainly never left (to be retried without using an attempt) or may have arrived.
 *
 * The dividing line is the moment a ready connection takes the request, not the error's code: a reset while connecting
 * and a reset after the request was read are both `ECONNRESET`.
 */
export function classifyBrokenCall(error: Error, call: BrokenCall): DeliveryError {
  const code = codeOf(error);
  const details = { cause: error, meta: { transportCode: code } };
  if (call.left) {
    return new AmbiguousDeliveryError(unclearReason(code), `${call.label}: no complete answer (${code})`, details);
  }
  const message = `${call.label}: the provider was not reached (${code})`;
  return new RetryableDeliveryError(unreachableReason(code, call), message, false, details);
}
