import { BadRequestException, Injectable, type PipeTransform } from '@nestjs/common';

const DEFAULT = 100;
const MOST = 20_000;

/** The query parameter `limit`: 1 to 20,000, 100 when it is not given. */
@Injectable()
export class LimitPipe implements PipeTransform<unknown, number> {
  transform(raw: unknown): number {
    const limit = raw === undefined ? DEFAULT : Number(raw);
    if (Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit;
    throw new BadRequestException({ error: 'out_of_range', message: `limit must be 1 to ${MOST}` });
  }
}
