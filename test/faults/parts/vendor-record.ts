import type { AnswerBody } from '../../e2e/api-client.js';
import type { SandboxRemote } from '../../e2e/sandbox-remote.js';

/** A message that a vendor showed to somebody. */
export interface Copy {
  readonly atMs: number;
  readonly recalled: boolean;
}

const LIMIT = 20_000;

/** What the vendors really took, by the text of the message: read again and again, each entry counts once. */
export class VendorRecord {
  private readonly byText = new Map<string, Map<string, Copy>>();

  constructor(
    private readonly sandbox: SandboxRemote,
    private readonly prefix: string,
  ) {}

  /** Entries that are shown to nobody (a copy that the vendor suppressed) are no copies. */
  async read(limit = LIMIT): Promise<void> {
    for (const entry of await this.sandbox.entries(limit)) {
      const text = textOf(entry.request.body);
      if (typeof text !== 'string' || !text.startsWith(this.prefix) || entry.recipients.length === 0) continue;
      const copies = this.byText.get(text) ?? new Map<string, Copy>();
      copies.set(entry.id, copyOf(entry));
      this.byText.set(text, copies);
    }
  }

  /** Oldest first. */
  copiesOf(text: string): readonly Copy[] {
    return [...(this.byText.get(text)?.values() ?? [])].sort((a, b) => a.atMs - b.atMs);
  }

  /** Different messages seen so far. */
  get size(): number {
    return this.byText.size;
  }
}

/** Of a text; app robots wrap theirs in JSON. */
function textOf(body: AnswerBody): unknown {
  const { msgParam, text } = body ?? {};
  return typeof msgParam === 'string'
    ? (JSON.parse(msgParam) as { readonly content?: unknown }).content
    : text?.content;
}

const copyOf = ({ at, recalled }: AnswerBody): Copy => ({ atMs: Date.parse(at), recalled });
