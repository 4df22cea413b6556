import { Injectable } from '@nestjs/common';
import type { JsonObject } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { LoginCodes, type CodeFault } from '../world/login-codes.js';
import { OrgChart, type Department, type Member } from '../world/org-chart.js';
import { LookUpGuard } from './look-up-guard.service.js';
import { WecomAccess } from './wecom-access.service.js';
import { optionalInteger, parseBody, requiredText } from './wecom-body.js';
import type { WecomApp } from './wecom-world.js';

/** Entries that `user/list` tells at once; the vendor counts bytes. */
const MOST_LISTED = 3_000;

const ok = (members: JsonObject): VendorAnswer => json({ errcode: 0, errmsg: 'ok', ...members });

abstract class ContactsEndpoint implements Endpoint {
  abstract readonly path: string;
  readonly methods: readonly ('GET' | 'POST')[] = ['GET'];
  readonly channel = 'wecom-app';

  constructor(protected readonly access: WecomAccess) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  abstract handle(call: VendorCall): VendorAnswer;
}

/** With an id that department and all below it; without one all. */
@Injectable()
export class DepartmentListEndpoint extends ContactsEndpoint {
  readonly path = '/cgi-bin/department/list';

  constructor(
    access: WecomAccess,
    private readonly org: OrgChart,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appByToken(call);
    const { id } = call.query;
    const listed = id ? below(this.org, departmentOf(this.org, id)) : this.org.listDepartments();
    return ok({
      department: listed.map((department, order) => ({
        id: department.id,
        name: department.name,
        name_en: '',
        department_leader: [],
        parentid: department.parent,
        order,
      })),
    });
  }
}

@Injectable()
export class UserListEndpoint extends ContactsEndpoint {
  readonly path: string = '/cgi-bin/user/list';

  constructor(
    access: WecomAccess,
    private readonly org: OrgChart,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    const app = this.access.appByToken(call);
    const { id } = departmentOf(this.org, call.query['department_id']);
    const members = this.org.membersOf(id);
    if (members.length > MOST_LISTED) throw new Refusal(45029, 'department member list is too big');
    return ok({ userlist: members.map((member) => describe(member, app)) });
  }
}

@Injectable()
export class UserSimpleListEndpoint extends ContactsEndpoint {
  readonly path = '/cgi-bin/user/simplelist';

  constructor(
    access: WecomAccess,
    private readonly org: OrgChart,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appByToken(call);
    const { id } = departmentOf(this.org, call.query['department_id']);
    const userlist = this.org.membersOf(id).map((member) => ({
      userid: member.id,
      name: member.name,
      department: [...member.departments],
    }));
    return ok({ userlist });
  }
}

abstract class LookUpEndpoint extends ContactsEndpoint {
  override readonly methods = ['POST'] as const;

  constructor(
    access: WecomAccess,
    protected readonly org: OrgChart,
    private readonly guard: LookUpGuard,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appByToken(call);
    this.guard.judge();
    const found = this.find(parseBody(call));
    if (found) return ok({ userid: found.id });
    this.guard.countWrong();
    throw new Refusal(46004, 'user not exist');
  }

  protected abstract find(body: JsonObject): Member | undefined;
}

@Injectable()
export class UserIdByMobileEndpoint extends LookUpEndpoint {
  readonly path = '/cgi-bin/user/getuserid';

  constructor(access: WecomAccess, org: OrgChart, guard: LookUpGuard) {
    super(access, org, guard);
  }

  protected find(body: JsonObject): Member | undefined {
    const mobile = requiredText(body, 'mobile', 40058);
    const length = Buffer.byteLength(mobile);
    if (length < 5 || length > 32) throw new Refusal(40058, 'invalid mobile');
    return this.org.findByMobile(mobile);
  }
}

@Injectable()
export class UserIdByEmailEndpoint extends LookUpEndpoint {
  readonly path = '/cgi-bin/user/get_userid_by_email';

  constructor(access: WecomAccess, org: OrgChart, guard: LookUpGuard) {
    super(access, org, guard);
  }

  protected find(body: JsonObject): Member | undefined {
    const type = optionalInteger(body, 'email_type', []) ?? 1;
    if (type !== 1 && type !== 2) throw new Refusal(40058, 'invalid email_type');
    const email = requiredText(body, 'email', 40058);
    // Addresses of the company: nobody has told a personal one.
    return type === 1 ? this.org.findByEmail(email) : undefined;
  }
}

const CODE_FAULTS: Readonly<Record<CodeFault, readonly [code: number, text: string]>> = {
  unknown: [40029, 'invalid code'],
  used: [42022, 'code has been used'],
  expired: [42003, 'code expired'],
};

@Injectable()
export class LoginEndpoint extends ContactsEndpoint {
  readonly path = '/cgi-bin/auth/getuserinfo';

  constructor(
    access: WecomAccess,
    private readonly codes: LoginCodes,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appByToken(call);
    const taken = this.codes.take(call.query['code'] ?? '');
    if ('fault' in taken) throw new Refusal(...CODE_FAULTS[taken.fault]);
    return taken.member === null ? ok({ openid: 'oSandboxOutsider' }) : ok({ userid: taken.member });
  }
}

function departmentOf(org: OrgChart, id: string | undefined): Department {
  const department = org.find(Number(id));
  if (department) return department;
  throw new Refusal(60003, 'department not found');
}

const below = (org: OrgChart, department: Department): Department[] => [
  department,
  ...org.childrenOf(department.id).flatMap((child) => below(org, child)),
];

function describe(member: Member, { isOld }: WecomApp): JsonObject {
  const { departments, email, id, isDisabled, mobile, name } = member;
  return {
    userid: id,
    name,
    department: [...departments],
    order: departments.map(() => 0),
    position: '',
    ...(isOld && { mobile, gender: '0', email, biz_mail: '', avatar: '', thumb_avatar: '', qr_code: '', address: '' }),
    is_leader_in_dept: departments.map(() => 0),
    direct_leader: [],
    telephone: '',
    alias: '',
    status: isDisabled ? 2 : 1,
    main_department: departments[0] ?? 1,
    extattr: { attrs: [] },
  };
}
