import type { Language, Preferences } from '../session/preferences.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Zone = Pick<Preferences, 'timeZone' | 'language'>;

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(at: Date, timeZone: string): Readonly<Record<string, string>> {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
    });
  formats.set(timeZone, format);
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** For tables: `14:23:05.120` today, else `11-22 14:23:05`. */
export function instant(iso: string, { timeZone }: Zone, now = new Date()): string {
  const at = partsOf(new Date(iso), timeZone);
  const today = partsOf(now, timeZone);
  const time = `${at['hour']}:${at['minute']}:${at['second']}`;
  const isToday = at['day'] === today['day'] && at['month'] === today['month'] && at['year'] === today['year'];
  if (isToday) return `${time}.${at['fractionalSecond']}`;
  const date = `${at['month']}-${at['day']}`;
  return at['year'] === today['year'] ? `${date} ${time}` : `${at['year']}-${date} ${time}`;
}

/** In full: with the zone, and the same moment in UTC. */
export function fullInstant(iso: string, { timeZone }: Zone): string {
  const at = partsOf(new Date(iso), timeZone);
  const local = `${at['year']}-${at['month']}-${at['day']} ${at['hour']}:${at['minute']}:${at['second']}.${at['fractionalSecond']}`;
  return `${local} ${timeZone} · ${new Date(iso).toISOString()}`;
}

/** Units of time with the next smaller one, the smallest first. */
const UNITS = [
  { size: MINUTE, below: HOUR, zh: '分', en: 'min', rest: { size: SECOND, zh: '秒', en: 's' } },
  { size: HOUR, below: DAY, zh: '小时', en: 'h', rest: { size: MINUTE, zh: '分', en: 'min' } },
  { size: DAY, below: Number.POSITIVE_INFINITY, zh: '天', en: 'd', rest: { size: HOUR, zh: '小时', en: 'h' } },
] as const;

/** Two units at most. */
export function duration(ms: number, language: Language): string {
  const whole = Math.max(0, Math.round(ms));
  if (whole < SECOND) return `${whole} ${language === 'zh' ? '毫秒' : 'ms'}`;
  const unit = UNITS.find(({ size, below }) => whole >= size && whole < below);
  if (!unit) return `${Math.round(whole / 100) / 10} ${language === 'zh' ? '秒' : 's'}`;
  const big = `${Math.floor(whole / unit.size)} ${unit[language]}`;
  const rest = Math.floor((whole % unit.size) / unit.rest.size);
  return rest === 0 ? big : `${big} ${rest} ${unit.rest[language]}`;
}

/** Exact, with separators. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** One digit; 100 % only when exact. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '—';
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${part === whole ? '100' : Math.min(99.9, percent).toFixed(1)} %`;
}

/** First and last characters of an id. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`;
}

/** Enough to tell two numbers apart: `138****1001`. */
export function maskMobile(mobile: string): string {
  return mobile.length < 8 ? '*'.repeat(mobile.length) : `${mobile.slice(0, -8)}****${mobile.slice(-4)}`;
}
