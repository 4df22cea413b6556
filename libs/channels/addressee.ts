/** Whom one call is addressed to on a person channel, in the vendor's ids. */
export interface Addressee {
  readonly type: 'user' | 'department' | 'tag' | 'all';
  /** Empty for `all`. */
  readonly id: string;
}
