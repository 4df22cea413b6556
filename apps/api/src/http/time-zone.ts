import { ValidateBy } from 'class-validator';
import { isTimeZone } from '#libs/core';

/** Where sentences tell the time, unless the reader says where. */
export const DEFAULT_TIME_ZONE = 'Asia/Shanghai';

/** The name of a time zone, e.g. `Asia/Shanghai`. */
export const IsTimeZone = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isTimeZone',
      validator: { validate: isTimeZone, defaultMessage: () => 'must be the name of a time zone, like Asia/Shanghai' },
    },
    { context: { code: 'invalid_value' } },
  );
