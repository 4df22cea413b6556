import { Injectable } from '@nestjs/common';
import { Refusal } from '../../exchange/refusal.js';
import type { VendorCall } from '../../exchange/vendor-call.js';
import { WecomAccess } from '../wecom-access.service.js';
import type { WecomApp } from '../wecom-world.js';

/** Who may call the customer contact API. */
@Injectable()
export class CustomerAccess {
  constructor(private readonly access: WecomAccess) {}

  /** The calling app; refuses one that is no callable app of customer contact. */
  appOf(call: VendorCall): WecomApp {
    const app = this.access.appByToken(call);
    if (!app.hasCustomers) throw new Refusal(48002, 'api forbidden');
    return app;
  }

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }
}
