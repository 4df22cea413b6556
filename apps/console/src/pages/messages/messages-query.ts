import type { Message } from '../../api/types.js';

export interface MessagesQuery {
  readonly status?: Message['status'][];
  readonly createdAfter?: string;
}

/** What the list asks for: filters that are empty are left out. */
export function messagesQuery(
  filters: Readonly<Record<string, string>>,
  createdAfter: string | undefined,
): MessagesQuery {
  const { status, ...rest } = filters;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
  const states = (status ? status.split(',') : []) as Message['status'][];
  return {
    ...given,
    ...(states.length > 0 && { status: states }),
    ...(createdAfter !== undefined && { createdAfter }),
  };
}
