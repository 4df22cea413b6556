import { Inject, Injectable } from '@nestjs/common';
import { isFamilyName } from '#libs/channels';
import { PeopleStore, RecipientResolver, canonicalNativeId, type Person as DirectoryPerson } from '#libs/directory';

/** Somebody of the directory. */
export interface Person {
  /** Business user id. */
  readonly user: string;
  readonly name: string;
  readonly active: boolean;
  /** Every canonical ref that means this person. */
  readonly refs: readonly string[];
}

/** `silent`: the directory holds nobody, or may not be asked, so it cannot say that somebody does not exist. */
export type DirectoryAnswer = { readonly person: Person } | { readonly person?: undefined; readonly silent: boolean };

/** Who a ref means. */
@Injectable()
export class PersonDirectory {
  constructor(
    @Inject(PeopleStore) private readonly people: PeopleStore,
    @Inject(RecipientResolver) private readonly resolver: RecipientResolver,
  ) {}

  /** @param ref canonical, as recipients are stored */
  async find(ref: string): Promise<DirectoryAnswer> {
    const found = await this.lookUp(ref);
    return found ? { person: personOf(found) } : { silent: !(await this.resolver.isUsed()) };
  }

  /** People whose name begins so. */
  async search(name: string, limit: number): Promise<readonly Person[]> {
    const found = await this.people.list({ q: name }, limit);
    return found.filter((person) => person.name.toLowerCase().startsWith(name.toLowerCase())).map(personOf);
  }

  private async lookUp(ref: string): Promise<DirectoryPerson | undefined> {
    const [, type = '', id = ''] = /^([a-z]+):(.+)$/u.exec(ref) ?? [];
    if (type === 'user') return this.people.find(id);
    if (type === 'mobile' || type === 'email') {
      return (await this.people.list({ q: id }, 2)).find((person) => person[type] === id);
    }
    const owner = isFamilyName(type) ? await this.people.findOwner(type, id) : undefined;
    return owner === undefined ? undefined : this.people.find(owner);
  }
}

const personOf = ({ active, email, identities, mobile, name, user }: DirectoryPerson): Person => ({
  user,
  name,
  active,
  refs: [
    `user:${user}`,
    ...(mobile === null ? [] : [`mobile:${mobile}`]),
    ...(email === null ? [] : [`email:${email}`]),
    ...identities.map(({ family, providerUserId }) => `${family}:${canonicalNativeId(family, providerUserId)}`),
  ],
});
