import { createHash } from 'node:crypto';

const NAME_LENGTH = 16;

/**
 * A statement of the hot path. Each connection plans it once, whatever the parameters are: for the large ones planning
 * takes several times as long as running. Only for statements that find their rows by index.
 */
export class PreparedStatement {
  readonly name: string;

  constructor(readonly text: string) {
    this.name = createHash('sha256').update(text).digest('hex').slice(0, NAME_LENGTH);
  }
}

export type Statement = string | PreparedStatement;

export const textOf = (statement: Statement): string => (typeof statement === 'string' ? statement : statement.text);
