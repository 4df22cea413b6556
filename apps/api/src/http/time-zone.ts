import { ValidateBy } from 'class-validator';

/** Where sentences tell the time, unless the reader says where. */
export const DEFAULT_TIME_ZONE = 'Asia/Shanghai';

function isTimeZone(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    // The only thing that it throws for.
    return false;
  }
}

/** The name of a time zone, e.g. `Asia/Shanghai`. */
export const IsTimeZone = (): PropertyDecorator =>
  ValidateBy({
    name: 'isTimeZone',
    validator: { validate: isTimeZone, defaultMessage: () => 'must be the name of a time zone, like Asia/Shanghai' },
  });
