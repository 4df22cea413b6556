import { describeReason, reasonSentence, type Language } from '#libs/core';
import type { DeadLetter, ReplayJob } from '#libs/messages';
import type { DeadLetterDto, ReplayJobDto } from './dead-letter.dto.js';

function sentenceOf(reason: string, language: Language): string {
  const entry = describeReason(reason);
  return entry ? reasonSentence(entry, language) : reason;
}

export function presentDeadLetter(letter: DeadLetter, language: Language): DeadLetterDto {
  const { createdAt, failedAt, micros: _micros, reason, ...rest } = letter;
  return {
    ...rest,
    ...(reason !== null && { reason, text: sentenceOf(reason, language) }),
    createdAt: createdAt.toISOString(),
    failedAt: failedAt.toISOString(),
  };
}

export function presentReplay({ createdAt, finishedAt, ratePerMinute, ...job }: ReplayJob): ReplayJobDto {
  return {
    ...job,
    rate: ratePerMinute,
    createdAt: createdAt.toISOString(),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
  };
}
