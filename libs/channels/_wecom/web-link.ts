/** A link the vendor accepts: it refuses others with 45034 and 40127. */
export const webLink = {
  test: (text: string): boolean => text === '' || /^https?:\/\//i.test(text),
  message: 'must begin with http:// or https://',
};
