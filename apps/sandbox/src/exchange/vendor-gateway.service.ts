import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../faults/fault.js';
import { FaultSwitches } from '../faults/fault-switches.service.js';
import { AnswerWriter } from './answer-writer.service.js';
import { Refusal } from './refusal.js';
import { RequestLog, type Exchange } from './request-log.service.js';
import type { VendorAnswer } from './vendor-answer.js';
import { toVendorCall, type VendorCall } from './vendor-call.js';
import type { Endpoint, Vendor } from './vendor.js';

interface Visit {
  readonly vendor: Vendor;
  readonly endpoint: Endpoint | undefined;
  readonly call: VendorCall;
  readonly account: string | undefined;
}

/** The way of every call: identify, take a switched-on fault, judge, record, answer. */
@Injectable()
export class VendorGateway {
  constructor(
    private readonly faults: FaultSwitches,
    private readonly log: RequestLog,
    private readonly writer: AnswerWriter,
  ) {}

  async serve(vendor: Vendor, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const visit = toVisit(vendor, toVendorCall(request));
    const action = this.takeFault(visit);
    const isEarlyDelay = action?.type === 'delay' && action.when === 'before';
    if (isEarlyDelay && !(await this.writer.wait(action.ms))) return;
    const answer = action ? answerUnder(action, visit) : judge(visit);
    this.record(visit, answer, action);
    if (!action || isEarlyDelay) return this.writer.write(reply, answer);
    await this.writer.writeDamaged(reply, answer, action);
  }

  private takeFault({ vendor, endpoint, call, account }: Visit): Fault['action'] | undefined {
    const traits = { family: vendor.family, path: call.path, channel: endpoint?.channel, account };
    return this.faults.take(traits)?.action;
  }

  private record({ vendor, endpoint, call, account }: Visit, answer: VendorAnswer, fault?: Fault['action']): void {
    const caller = { family: vendor.family, channel: endpoint?.channel, account };
    const files = { call: withoutFile(call), answer: withoutDownload(answer) };
    this.log.add(endpoint?.path ?? 'unknown', { ...caller, ...files, ...(fault && { fault }) });
  }
}

function toVisit(vendor: Vendor, call: VendorCall): Visit {
  const endpoint = vendor.endpoints.find((candidate) => candidate.path === call.path);
  return { vendor, endpoint, call, account: endpoint?.accountOf(call) };
}

function judge({ vendor, endpoint, call }: Visit): VendorAnswer {
  if (!endpoint) return vendor.unknownPath(call);
  try {
    if (!endpoint.methods.some((method) => method === call.method)) throw vendor.wrongMethod(call);
    return endpoint.handle(call);
  } catch (error) {
    if (error instanceof Refusal) return vendor.refuse(call, error);
    throw error;
  }
}

/** The call as the record keeps it: an upload lives on as the vendor keeps it, not here as well. */
function withoutFile({ bytes: _bytes, ...call }: VendorCall): VendorCall {
  return call;
}

function withoutDownload(answer: VendorAnswer): Exchange['answer'] {
  const { body } = answer;
  return Buffer.isBuffer(body) ? { ...answer, body: `${body.length} bytes` } : { ...answer, body };
}

/** What is answered under a fault; the call is judged, and so taken, only when the fault comes after or merely delays. */
function answerUnder(action: Fault['action'], visit: Visit): VendorAnswer {
  const { vendor, call } = visit;
  const isTaken = action.when === 'after' || action.type === 'delay';
  const proper = isTaken ? judge(visit) : vendor.refuse(call, vendor.busy());
  if (action.type === 'errcode') return vendor.refuse(call, new Refusal(action.code, action.message));
  if (action.type === 'http') return { status: action.status, body: action.body, headers: action.headers };
  return proper;
}
