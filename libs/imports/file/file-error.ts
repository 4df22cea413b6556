import { ValidationError, type Fault } from '#libs/core';

type FileFaultCode =
  | 'file_empty'
  | 'file_unreadable'
  | 'file_too_large'
  | 'encoding_unclear'
  | 'quote_not_closed'
  | 'sheet_not_found'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'cell_too_long';

/** A file that cannot be read as a table. */
export class TableFileError extends ValidationError {
  constructor(code: FileFaultCode, message: string, figures: Pick<Fault, 'limit' | 'actual'> = {}) {
    super([{ pointer: '', code, message, ...figures }]);
  }
}
