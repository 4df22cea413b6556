/** Largest number that the database holds as `integer`. */
export const MAX_INTEGER = 2_147_483_647;
