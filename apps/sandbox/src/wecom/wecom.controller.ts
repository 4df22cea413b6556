import { All, Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VendorGateway } from '../exchange/vendor-gateway.service.js';
import { WecomVendor } from './wecom-vendor.js';

@Controller('cgi-bin')
export class WecomController {
  constructor(
    private readonly gateway: VendorGateway,
    private readonly vendor: WecomVendor,
  ) {}

  @All('*')
  serve(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.gateway.serve(this.vendor, request, reply);
  }
}
