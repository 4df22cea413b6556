/** The nonce of this page: style elements without it are refused by the policy that the page came with. */
export const NONCE = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/** Libraries that write style elements know nothing of nonces, so every style element gets it at its birth. */
const create = document.createElement.bind(document);
document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
  const element = create(name, options);
  if (NONCE !== '' && name.toLowerCase() === 'style') element.nonce = NONCE;
  return element;
};
