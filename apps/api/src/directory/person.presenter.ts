import { ValidationError, jsonPointer, type Fault } from '#libs/core';
import {
  canonicalEmail,
  canonicalMobile,
  personFault,
  type NewIdentity,
  type Person,
  type PersonFields,
} from '#libs/directory';
import type { Identity } from '#libs/security';
import type { PersonDto, PersonFieldsDto } from './person.dto.js';

const SHOWN_BEGIN = 3;
const SHOWN_END = 4;

/** In full for keys that may write the directory; others recognise a number and cannot call it: `138****1001`. */
export function mobileFor(identity: Identity, mobile: string | null): string | null {
  if (mobile === null || identity.scopes.has('directory:write')) return mobile;
  const isLong = mobile.length > SHOWN_BEGIN + SHOWN_END;
  return isLong ? `${mobile.slice(0, SHOWN_BEGIN)}****${mobile.slice(-SHOWN_END)}` : '****';
}

/** As a key that reads the directory sees a person. */
export const personFor =
  (identity: Identity) =>
  (person: Person): PersonDto => ({ ...presentPerson(person), mobile: mobileFor(identity, person.mobile) });

export const presentPerson = (person: Person): PersonDto => ({
  user: person.user,
  name: person.name,
  mobile: person.mobile,
  email: person.email,
  department: person.department,
  active: person.active,
  source: person.source,
  identities: person.identities.map((identity) => ({
    family: identity.family,
    providerUserId: identity.providerUserId,
    source: identity.source,
    account: identity.account,
    confirmedAt: identity.confirmedAt.toISOString(),
    staleAt: identity.staleAt?.toISOString() ?? null,
    staleReason: identity.staleReason,
  })),
  createdAt: person.createdAt.toISOString(),
  updatedAt: person.updatedAt.toISOString(),
});

/** A written person in canonical form. @throws ValidationError with every fault */
export function readPerson(
  body: PersonFieldsDto,
  user: { readonly id: string; readonly pointer?: string },
): { readonly fields: PersonFields; readonly identities: readonly NewIdentity[] } {
  const { active = true, department, email, identities = [], mobile, name } = body;
  const fields: PersonFields = {
    name: name.trim(),
    mobile: mobile ? canonicalMobile(mobile) : null,
    email: email ? canonicalEmail(email) : null,
    department: department?.trim() || null,
    active,
  };
  const faults = [
    ...faultAt('user', user.id, user.pointer ?? '/user'),
    ...faultAt('name', fields.name, '/name'),
    ...(['mobile', 'email', 'department'] as const).flatMap((field) => {
      const text = fields[field];
      return text === null ? [] : faultAt(field, text, jsonPointer(field));
    }),
    ...identities.flatMap(({ providerUserId }, index) =>
      faultAt('user', providerUserId, jsonPointer('identities', index, 'providerUserId')),
    ),
  ];
  if (faults.length > 0) throw new ValidationError(faults);
  return { fields, identities: identities.map(({ family, providerUserId }) => ({ family, providerUserId })) };
}

function faultAt(field: Parameters<typeof personFault>[0], text: string, pointer: string): Fault[] {
  const message = personFault(field, text);
  return message === undefined ? [] : [{ pointer, code: 'invalid_value', message }];
}
