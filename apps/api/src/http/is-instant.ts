import { Transform } from 'class-transformer';
import { IsDate, ValidateBy } from 'class-validator';

/** RFC 3339 with an offset. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

/** Exactly as written: `Date` would take the 30th of February for the 2nd of March. */
function isCalendarDay(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
}

const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && INSTANT.test(value) && isCalendarDay(value) && !Number.isNaN(Date.parse(value));

/** A time as the contract writes it: RFC 3339 with an offset, on a day that exists. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isInstant',
      validator: { validate: isInstant, defaultMessage: () => 'must be a time like 2026-01-31T10:00:00+08:00' },
    },
    { context: { code: 'invalid_time' } },
  );

/** The same in a query, given to the handler as a `Date`. */
export const InstantDate = (): PropertyDecorator => (target, key) => {
  Transform(({ value }: { value: unknown }): unknown => (isInstant(value) ? new Date(String(value)) : value))(
    target,
    key,
  );
  IsDate({
    message: '$property must be a time like 2026-01-31T10:00:00+08:00',
    context: { code: 'invalid_time' },
  })(target, key);
};
