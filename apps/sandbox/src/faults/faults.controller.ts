import { Body, Controller, Delete, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { JsonBodyPipe } from '../control/json-body.pipe.js';
import type { Fault } from './fault.js';
import { FaultDto, toFaultPlan } from './fault.dto.js';
import { FaultSwitches } from './fault-switches.service.js';

@Controller('_sandbox/faults')
export class FaultsController {
  constructor(private readonly faults: FaultSwitches) {}

  @Get()
  list(): readonly Fault[] {
    return this.faults.list();
  }

  @Post()
  add(@Body(new JsonBodyPipe(FaultDto)) dto: FaultDto): Fault {
    return this.faults.add(toFaultPlan(dto));
  }

  @Delete()
  @HttpCode(204)
  removeAll(): void {
    this.faults.removeAll();
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id') id: string): void {
    if (!this.faults.remove(id)) throw new NotFoundException({ error: 'not_found', message: `no fault ${id}` });
  }
}
