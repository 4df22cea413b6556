const PLACES: readonly { readonly pattern: RegExp; readonly place: (name: string) => string }[] = [
  { pattern: /^\/v1\/messages\/([^/]+)\/attempts$/, place: (id) => `/messages/${id}?tab=raw` },
  { pattern: /^\/v1\/messages\/([^/]+)$/, place: (id) => `/messages/${id}` },
  { pattern: /^\/v1\/templates\/([^/]+)/, place: (code) => `/templates/${code}` },
  { pattern: /^\/v1\/accounts\/([^/]+)/, place: (code) => `/accounts/${code}` },
  { pattern: /^\/v1\/recipients\/([^/]+)\/messages$/, place: (ref) => `/why?ref=${ref}` },
];

/** The page that shows what stands at a path of the API, if there is one. */
export function consolePathOf(href: string): string | undefined {
  const [path = '', search = ''] = href.split('?');
  if (path === '/v1/messages') {
    const { createdAfter, ...query } = Object.fromEntries(new URLSearchParams(search));
    const wanted = new URLSearchParams({ ...query, ...(createdAfter !== undefined && { from: createdAfter }) });
    return `/messages?${wanted.toString()}`;
  }
  for (const { pattern, place } of PLACES) {
    const name = pattern.exec(path)?.[1];
    if (name !== undefined) return place(name);
  }
  return undefined;
}
