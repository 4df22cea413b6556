import { showRequest } from '../exchange/shown-request.js';
import { showUpload } from '../media/show-upload.js';
import type { InboxEntry, ShownEntry } from './inbox-entry.js';

export function showEntry(entry: InboxEntry): ShownEntry {
  const { id, family, channel, account, msgtype, recipients, dropped, notes, recalledAtMs } = entry;
  return {
    id,
    at: new Date(entry.atMs).toISOString(),
    family,
    endpoint: entry.call.path,
    channel,
    account,
    msgtype,
    recipients,
    dropped,
    notes,
    media: (entry.media ?? []).map(showUpload),
    providerMsgId: entry.providerMsgId ?? null,
    recalled: recalledAtMs !== undefined,
    recalledAt: recalledAtMs === undefined ? null : new Date(recalledAtMs).toISOString(),
    readBy: [...entry.readBy],
    changes: [...entry.changes],
    clicks: entry.clicks.map(({ atMs, ...click }) => ({ ...click, at: new Date(atMs).toISOString() })),
    parts: (entry.parts ?? []).map(({ confirmedAtMs, customers, member }) => ({
      member,
      customers,
      confirmedAt: confirmedAtMs === undefined ? null : new Date(confirmedAtMs).toISOString(),
    })),
    request: showRequest(entry.call),
  };
}
