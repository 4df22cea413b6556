import { api, bodyOf } from './client.js';

/** The browser saves a file by itself, by a link that works once: no key in an address, no file in memory. */
export async function downloadFile(path: string): Promise<void> {
  const { url } = await bodyOf(api.POST('/v1/downloads', { body: { path } }));
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

/** A file that the API gives to keys only. */
export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
