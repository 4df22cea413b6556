const CREDENTIAL = /^[\x21-\x7e]{1,512}$/;

/** What a vendor hands out as a key, secret or id of an app: opaque, only its alphabet and length are checked here. */
export const credential = {
  source: CREDENTIAL.source,
  test: (text: string): boolean => CREDENTIAL.test(text),
  message: 'must be 1 to 512 printable ASCII characters without blanks',
};
