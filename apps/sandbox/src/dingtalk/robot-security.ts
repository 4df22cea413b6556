import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../exchange/refusal.js';
import type { DingtalkRobot } from './dingtalk-world.js';

const CLOCK_WINDOW_MS = 3_600_000;

/** Base64 of HMAC-SHA256 over `timestamp LF secret`, keyed with the secret. */
export const robotSign = (timestamp: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Refuses a signed robot's call whose signature or time does not fit. */
export function judgeSign({ secret }: DingtalkRobot, query: Readonly<Record<string, string>>, nowMs: number): void {
  if (secret === undefined) return;
  const { timestamp = '', sign = '' } = query as { timestamp?: string; sign?: string };
  if (timestamp === '' || sign === '') throw new Refusal(310000, 'sign not match');
  const isTimely = /^\d+$/.test(timestamp) && Math.abs(nowMs - Number(timestamp)) <= CLOCK_WINDOW_MS;
  if (!isTimely) throw new Refusal(310000, 'invalid timestamp');
  if (!isSame(sign, robotSign(timestamp, secret))) throw new Refusal(310000, 'sign not match');
}

/** Refuses a message that holds none of the robot's keywords. */
export function judgeKeywords({ keywords }: DingtalkRobot, texts: readonly string[]): void {
  const fits = keywords?.some((keyword) => texts.some((text) => text.includes(keyword))) ?? true;
  if (!fits) throw new Refusal(310000, 'keywords not in content');
}
