const encoder = new TextEncoder();

/** As the API counts: bytes of UTF-8, or code points. */
export const sizeOf = (text: string, unit: string): number =>
  unit === 'bytes' ? encoder.encode(text).length : [...text].length;
