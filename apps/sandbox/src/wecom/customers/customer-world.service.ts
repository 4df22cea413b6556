import { Injectable } from '@nestjs/common';
import { RateLimits } from '../../state/rate-limits.js';
import { Customers } from '../../world/customers.js';
import { Habits } from '../../world/habits.js';
import { CustomerAccess } from './customer-access.service.js';

/** Who there is, and what they do. */
@Injectable()
export class CustomerWorld {
  constructor(
    readonly access: CustomerAccess,
    readonly customers: Customers,
    readonly habits: Habits,
    readonly limits: RateLimits,
  ) {}
}
