import { Injectable } from '@nestjs/common';
import type { JsonObject, JsonValue } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { LoginCodes, type CodeFault } from '../world/login-codes.js';
import { OrgChart, ROOT, type Member } from '../world/org-chart.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { integer, invalidParameter, missing, parseTopapiBody } from './dingtalk-body.js';
import { requestId } from './dingtalk-vendor.js';

const LARGEST_PAGE = 100;
const MOBILE = /^\+?\d{5,20}$/;

/** Per organisation of the developer; here it can be told from the user id. */
export const unionIdOf = (member: string): string => `union-${member}`;

abstract class ContactsEndpoint implements Endpoint {
  abstract readonly path: string;
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-work';

  constructor(
    private readonly access: DingtalkAccess,
    protected readonly org: OrgChart,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appByToken(call);
    return json({ errcode: 0, errmsg: 'ok', result: this.answer(parseTopapiBody(call)), request_id: requestId() });
  }

  protected abstract answer(body: JsonObject): JsonValue;

  protected departmentIn(body: JsonObject, fallback?: number): number {
    const id = body['dept_id'] === undefined ? fallback : integer(body['dept_id']);
    if (id === undefined) throw body['dept_id'] === undefined ? missing('dept_id') : invalidParameter();
    if (!this.org.find(id)) throw new Refusal(60003, '部门不存在');
    return id;
  }
}

/** One level only. */
@Injectable()
export class DepartmentListsubEndpoint extends ContactsEndpoint {
  readonly path = '/topapi/v2/department/listsub';

  constructor(access: DingtalkAccess, org: OrgChart) {
    super(access, org);
  }

  protected answer(body: JsonObject): JsonValue {
    return this.org.childrenOf(this.departmentIn(body, ROOT)).map(({ id, name, parent }) => ({
      dept_id: id,
      name,
      parent_id: parent,
      create_dept_group: true,
      auto_add_user: true,
    }));
  }
}

@Injectable()
export class UserListEndpoint extends ContactsEndpoint {
  readonly path = '/topapi/v2/user/list';

  constructor(access: DingtalkAccess, org: OrgChart) {
    super(access, org);
  }

  protected answer(body: JsonObject): JsonValue {
    const members = this.org.membersOf(this.departmentIn(body));
    const [cursor, size] = [integer(body['cursor']), integer(body['size'])];
    if (cursor === undefined || size === undefined) throw missing(cursor === undefined ? 'cursor' : 'size');
    if (cursor < 0 || size < 1 || size > LARGEST_PAGE) throw invalidParameter();
    const next = cursor + size;
    const hasMore = next < members.length;
    const list = members.slice(cursor, next).map(describe);
    return { has_more: hasMore, ...(hasMore && { next_cursor: next }), list };
  }
}

@Injectable()
export class UserByMobileEndpoint extends ContactsEndpoint {
  readonly path = '/topapi/v2/user/getbymobile';

  constructor(access: DingtalkAccess, org: OrgChart) {
    super(access, org);
  }

  protected answer({ mobile }: JsonObject): JsonValue {
    if (typeof mobile !== 'string' || mobile === '') throw missing('mobile');
    if (!MOBILE.test(mobile)) throw new Refusal(40104, '不合法的手机号');
    const member = this.org.findByMobile(mobile);
    if (!member) throw new Refusal(60121, '找不到该用户');
    return { userid: member.id };
  }
}

@Injectable()
export class UserByUnionidEndpoint extends ContactsEndpoint {
  readonly path = '/topapi/user/getbyunionid';

  constructor(access: DingtalkAccess, org: OrgChart) {
    super(access, org);
  }

  protected answer({ unionid }: JsonObject): JsonValue {
    if (typeof unionid !== 'string' || unionid === '') throw missing('unionid');
    const member = unionid.startsWith('union-') ? this.org.get(unionid.slice('union-'.length)) : undefined;
    if (!member) throw new Refusal(60121, '找不到该用户');
    return { contact_type: 0, userid: member.id };
  }
}

const CODE_FAULTS: Readonly<Record<CodeFault, readonly [code: number, text: string]>> = {
  unknown: [40078, '不存在的临时授权码'],
  used: [40102, '临时授权码已使用'],
  expired: [42008, '临时授权码超时'],
};

/** Codes that the vendor's client hands to a page. */
@Injectable()
export class LoginEndpoint extends ContactsEndpoint {
  readonly path = '/topapi/v2/user/getuserinfo';

  constructor(
    access: DingtalkAccess,
    org: OrgChart,
    private readonly codes: LoginCodes,
  ) {
    super(access, org);
  }

  protected answer({ code }: JsonObject): JsonValue {
    if (typeof code !== 'string' || code === '') throw missing('code');
    const taken = this.codes.take(code);
    if ('fault' in taken) throw new Refusal(...CODE_FAULTS[taken.fault]);
    const member = taken.member === null ? undefined : this.org.get(taken.member);
    if (!member) throw new Refusal(60121, '找不到该用户');
    const unionid = unionIdOf(member.id);
    return { userid: member.id, device_id: 'sandbox', sys: false, sys_level: 0, unionid, name: member.name };
  }
}

const describe = ({ departments, email, id, mobile, name }: Member): JsonObject => ({
  userid: id,
  unionid: unionIdOf(id),
  name,
  mobile,
  email,
  dept_id_list: [...departments],
  dept_order: 1,
  active: true,
  admin: false,
  boss: false,
  leader: false,
  exclusive_account: false,
});
