import { Injectable } from '@nestjs/common';

const NAMED = ['zhangsan', 'lisi', 'wangwu', 'zhaoliu', 'manager01', 'user02'];
const GENERATED = Array.from({ length: 2000 }, (_, index) => `u${String(index + 1).padStart(4, '0')}`);

/** Department 1 is the root: everyone. */
const ROOT_DEPARTMENT = '1';
const DEPARTMENTS: Readonly<Record<string, readonly string[]>> = {
  '2': ['zhangsan', 'lisi', 'manager01'],
  '12': ['wangwu', 'zhaoliu', 'user02'],
};
const TAGS: Readonly<Record<string, readonly string[]>> = {
  '1': ['zhangsan', 'lisi'],
  '3': ['wangwu', 'zhaoliu'],
  '7': ['manager01', 'user02'],
};

/** The company's members, the same in both vendors. Ids beginning with `ghost` never exist. */
@Injectable()
export class People {
  private readonly byLowerCase = new Map<string, string>();

  constructor() {
    this.add([...NAMED, ...GENERATED]);
  }

  /** Adds members; returns how many are new. */
  add(ids: readonly string[]): number {
    const before = this.byLowerCase.size;
    for (const id of ids) {
      const key = id.toLowerCase();
      if (!key.startsWith('ghost') && !this.byLowerCase.has(key)) this.byLowerCase.set(key, id);
    }
    return this.byLowerCase.size - before;
  }

  /** The member has left. */
  remove(id: string): void {
    this.byLowerCase.delete(id.toLowerCase());
  }

  clear(): void {
    this.byLowerCase.clear();
  }

  /** Those of the beginning are back; whoever was added stays. */
  restore(): void {
    this.add([...NAMED, ...GENERATED]);
  }

  get count(): number {
    return this.byLowerCase.size;
  }

  everyone(): string[] {
    return [...this.byLowerCase.values()];
  }

  find(id: string): string | undefined {
    const member = this.byLowerCase.get(id.toLowerCase());
    return member === id ? member : undefined;
  }

  findIgnoringCase(id: string): string | undefined {
    return this.byLowerCase.get(id.toLowerCase());
  }

  /** Members of a department and its sub-departments; undefined when there is no such department. */
  ofDepartment(id: string): readonly string[] | undefined {
    return id === ROOT_DEPARTMENT ? this.everyone() : own(DEPARTMENTS, id);
  }

  ofTag(id: string): readonly string[] | undefined {
    return own(TAGS, id);
  }
}

const own = (groups: Readonly<Record<string, readonly string[]>>, id: string): readonly string[] | undefined =>
  Object.hasOwn(groups, id) ? groups[id] : undefined;
