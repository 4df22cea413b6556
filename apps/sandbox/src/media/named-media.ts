import type { MediaUse, Upload, Uploads } from './uploads.service.js';
import { mediaNosIn } from './media-address.js';

/** The uploads that one message names. */
export class NamedMedia {
  private readonly found = new Set<Upload>();

  constructor(
    private readonly uploads: Uploads,
    private readonly owner: string,
  ) {}

  /** Whether the sender may use the id as this type of media now. */
  has(id: string, type: MediaUse['type']): boolean {
    const upload = this.uploads.find({ id, owner: this.owner });
    if (upload?.type !== type) return false;
    this.found.add(upload);
    return true;
  }

  /** What was found by id, and the pictures whose address stands anywhere in the message. */
  shownIn(rawBody: string): readonly Upload[] {
    for (const no of mediaNosIn(rawBody)) {
      const picture = this.uploads.findByNo(no);
      if (picture) this.found.add(picture);
    }
    return [...this.found];
  }
}
