import { All, Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VendorGateway } from '../exchange/vendor-gateway.service.js';
import { DingtalkVendor } from './dingtalk-vendor.js';

/** Every path that is nobody else's: the legacy API has no common prefix. */
@Controller()
export class DingtalkController {
  constructor(
    private readonly gateway: VendorGateway,
    private readonly vendor: DingtalkVendor,
  ) {}

  @All('*')
  serve(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.gateway.serve(this.vendor, request, reply);
  }
}
