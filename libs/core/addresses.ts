const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
/** Runs of hexadecimal groups; each is looked at once, so that hostile text takes linear time. */
const GROUPS = /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?!\w)/gi;

/** A time of day has two colons as well: an address is shortened by `::`, or has all of its eight groups. */
const isIPv6 = (groups: string): boolean => groups.includes('::') || groups.split(':').length === 8;

/** Masks the IP addresses in a text. */
export const maskAddresses = (text: string): string =>
  text.replace(IPV4, '*.*.*.*').replace(GROUPS, (groups) => (isIPv6(groups) ? '*:*' : groups));
