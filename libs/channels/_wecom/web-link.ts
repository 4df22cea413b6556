const WEB_LINK = /^(?:[Hh][Tt][Tt][Pp][Ss]?:\/\/[\s\S]*)?$/;

/** A link the vendor accepts: it refuses others with 45034 and 40127. */
export const webLink = {
  source: WEB_LINK.source,
  test: (text: string): boolean => WEB_LINK.test(text),
  message: 'must begin with http:// or https://',
};
