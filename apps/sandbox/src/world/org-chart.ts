import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';
import { People } from './people.js';

export interface Department {
  readonly id: number;
  readonly name: string;
  /** 0: the root. */
  readonly parent: number;
}

/** A member as the address books tell it. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly mobile: string;
  readonly email: string;
  readonly departments: readonly number[];
  readonly isDisabled: boolean;
}

export type MemberChange = Partial<Omit<Member, 'id'>>;

export const ROOT = 1;

const DEPARTMENTS: readonly Department[] = [
  { id: ROOT, name: '鸿雁科技', parent: 0 },
  { id: 2, name: '销售部', parent: ROOT },
  { id: 12, name: '仓储部', parent: ROOT },
];
const PLACES: Readonly<Record<string, number>> = {
  zhangsan: 2,
  lisi: 2,
  manager01: 2,
  wangwu: 12,
  zhaoliu: 12,
  user02: 12,
};
const NAMES: Readonly<Record<string, string>> = {
  zhangsan: '张三',
  lisi: '李四',
  wangwu: '王五',
  zhaoliu: '赵六',
  manager01: '陈经理',
  user02: '周敏',
};

/** Departments of a generated company hang below one another in groups of this size. */
const FAN_OUT = 20;
const FIRST_GENERATED = 1000;

interface MemberIndex {
  readonly size: number;
  readonly byId: ReadonlyMap<string, Member>;
  readonly byMobile: ReadonlyMap<string, Member>;
  readonly byEmail: ReadonlyMap<string, Member>;
  readonly byDepartment: ReadonlyMap<number, readonly Member[]>;
  readonly children: ReadonlyMap<number, readonly Department[]>;
}

/** Departments, and what the address books of both vendors say about members. */
@Injectable()
export class OrgChart {
  private departments = new Map(DEPARTMENTS.map((department) => [department.id, department]));
  private places = new Map(Object.entries(PLACES));
  private readonly changes = new Map<string, MemberChange>();
  private isGenerated = false;
  private readonly numbers = new Map<string, number>();
  private index: MemberIndex | undefined;

  constructor(
    private readonly people: People,
    resets: ResetRegistry,
  ) {
    resets.add(() => this.reset());
  }

  listDepartments(): readonly Department[] {
    return [...this.departments.values()];
  }

  find(id: number): Department | undefined {
    return this.departments.get(id);
  }

  childrenOf(id: number): readonly Department[] {
    return this.membership().children.get(id) ?? [];
  }

  /** Direct members, by id of the department. */
  membersOf(id: number): readonly Member[] {
    return this.membership().byDepartment.get(id) ?? [];
  }

  findByMobile(mobile: string): Member | undefined {
    return this.membership().byMobile.get(mobile);
  }

  findByEmail(email: string): Member | undefined {
    return this.membership().byEmail.get(email.toLowerCase());
  }

  get(id: string): Member | undefined {
    return this.membership().byId.get(id);
  }

  get headcount(): number {
    return this.people.count;
  }

  change(id: string, change: MemberChange): void {
    this.people.add([id]);
    this.changes.set(id, { ...this.changes.get(id), ...change });
    this.index = undefined;
  }

  remove(id: string): void {
    this.people.remove(id);
    this.index = undefined;
  }

  /** A company in place of the one there is: departments below the root, members spread over them evenly. */
  generate(size: { readonly departments: number; readonly people: number }): void {
    this.people.clear();
    this.changes.clear();
    this.numbers.clear();
    this.departments = new Map([[ROOT, { id: ROOT, name: '鸿雁科技', parent: 0 }]]);
    for (let index = 0; index < size.departments - 1; index += 1) {
      const id = FIRST_GENERATED + index;
      const parent = index < FAN_OUT ? ROOT : FIRST_GENERATED + Math.floor(index / FAN_OUT) - 1;
      this.departments.set(id, { id, name: `部门${index + 1}`, parent });
    }
    const ids = [...this.departments.keys()];
    const people = Array.from({ length: size.people }, (_, index) => `d${String(index + 1).padStart(6, '0')}`);
    this.places = new Map(people.map((id, index) => [id, ids[index % ids.length] ?? ROOT]));
    this.people.add(people);
    this.isGenerated = true;
    this.index = undefined;
  }

  /** Built anew when somebody has come or gone. */
  private membership(): MemberIndex {
    if (this.index?.size === this.people.count) return this.index;
    const members = this.people.everyone().map((id) => this.describe(id, this.numberOf(id)));
    this.index = indexOf(members, this.listDepartments());
    return this.index;
  }

  /** Kept, so that nobody's mobile depends on who else is there. */
  private numberOf(id: string): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    this.numbers.set(id, this.numbers.size);
    return this.numbers.size - 1;
  }

  private describe(id: string, number: number): Member {
    return {
      id,
      name: NAMES[id] ?? id,
      mobile: `139${String(number).padStart(8, '0')}`,
      email: `${id.toLowerCase()}@corp.example.com`,
      departments: [this.places.get(id) ?? ROOT],
      isDisabled: false,
      ...this.changes.get(id),
    };
  }

  private reset(): void {
    this.departments = new Map(DEPARTMENTS.map((department) => [department.id, department]));
    this.places = new Map(Object.entries(PLACES));
    this.changes.clear();
    this.numbers.clear();
    if (this.isGenerated) this.people.clear();
    this.isGenerated = false;
    this.people.restore();
    this.index = undefined;
  }
}

function indexOf(members: readonly Member[], departments: readonly Department[]): MemberIndex {
  const byDepartment = new Map<number, Member[]>();
  for (const member of members) for (const id of member.departments) addTo(byDepartment, id, member);
  const children = new Map<number, Department[]>();
  for (const department of departments) addTo(children, department.parent, department);
  return {
    size: members.length,
    byId: new Map(members.map((member) => [member.id, member])),
    byMobile: new Map(members.map((member) => [member.mobile, member])),
    byEmail: new Map(members.map((member) => [member.email, member])),
    byDepartment,
    children,
  };
}

function addTo<Item>(index: Map<number, Item[]>, key: number, item: Item): void {
  const own = index.get(key);
  if (own) own.push(item);
  else index.set(key, [item]);
}
