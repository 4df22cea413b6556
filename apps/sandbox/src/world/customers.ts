import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';

export interface CustomerTag {
  readonly id: string;
  readonly name: string;
  readonly group: string;
}

/** What a member notes of a customer. */
export interface Follow {
  readonly member: string;
  readonly remark: string;
  readonly tags: readonly string[];
  /** Unix seconds. */
  readonly since: number;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  /** A WeChat user, or one of another corp's WeCom. */
  readonly type: 1 | 2;
  readonly corpName?: string;
  /** Who last spoke with the customer comes first. */
  readonly follows: readonly Follow[];
}

export const CUSTOMER_TAGS: readonly CustomerTag[] = [
  { id: 'etSandboxTagVip', name: 'VIP', group: '客户等级' },
  { id: 'etSandboxTagTrial', name: '试用', group: '客户等级' },
  { id: 'etSandboxTagEast', name: '华东', group: '地区' },
];

/** Members in the range of use of customer contact. */
const MEMBERS = ['zhangsan', 'lisi', 'wangwu'];
const SINCE = 1_760_000_000;

const follow = (member: string, tags: readonly string[] = [], remark = ''): Follow => ({
  member,
  remark,
  tags,
  since: SINCE,
});

const [VIP, TRIAL, EAST] = CUSTOMER_TAGS.map(({ id }) => id) as [string, string, string];

const SEEDED: readonly Customer[] = [
  { id: 'wmSandboxCustomer0001', name: '林一', type: 1, follows: [follow('zhangsan', [VIP, EAST], '林总')] },
  { id: 'wmSandboxCustomer0002', name: '郑二', type: 1, follows: [follow('zhangsan', [TRIAL]), follow('lisi', [VIP])] },
  { id: 'wmSandboxCustomer0003', name: '何三', type: 1, follows: [follow('lisi', [TRIAL, EAST])] },
  { id: 'woSandboxCustomer0004', name: '许四', type: 2, corpName: '远帆贸易', follows: [follow('lisi')] },
];

/** The customers of the staff in the fake WeCom. */
@Injectable()
export class Customers {
  private readonly byId = new Map<string, Customer>();

  constructor(resets: ResetRegistry) {
    this.restore();
    resets.add(() => this.restore());
  }

  get members(): readonly string[] {
    return MEMBERS;
  }

  find(id: string): Customer | undefined {
    return this.byId.get(id);
  }

  list(): readonly Customer[] {
    return [...this.byId.values()];
  }

  ofMember(member: string): readonly Customer[] {
    return this.list().filter(({ follows }) => follows.some((own) => own.member === member));
  }

  /** Adds customers `<prefix>1` … of one member; answers how many there are. */
  add({
    count,
    member,
    prefix,
    tags = [],
  }: {
    count: number;
    member: string;
    prefix: string;
    tags?: string[];
  }): number {
    for (let no = 1; no <= count; no += 1) {
      const id = `${prefix}${no}`;
      this.byId.set(id, { id, name: `客户${no}`, type: 1, follows: [follow(member, tags)] });
    }
    return this.byId.size;
  }

  /** The customer has ended the contact. */
  remove(id: string): void {
    this.byId.delete(id);
  }

  private restore(): void {
    this.byId.clear();
    for (const customer of SEEDED) this.byId.set(customer.id, customer);
  }
}
