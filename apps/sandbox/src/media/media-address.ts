/** Where the sandbox shows an upload. */
export const mediaPath = (no: number): string => `/_sandbox/media/${no}`;

const PATH = /\/_sandbox\/media\/(\d+)/g;

/** The numbers of the uploads whose addresses stand in a text. */
export const mediaNosIn = (text: string): readonly number[] => Array.from(text.matchAll(PATH), ([, no]) => Number(no));
