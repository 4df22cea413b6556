import type { JsonObject } from '#libs/core';
import { wentWell, type DemoOutcome } from './demo.js';

/** The line that `--check` ends with. */
export function checkReport(outcomes: readonly DemoOutcome[]): { readonly ok: boolean; readonly line: string } {
  const ok = outcomes.length > 0 && outcomes.every(wentWell);
  const channels = Object.fromEntries(outcomes.map((outcome) => [outcome.channel.name, channelReport(outcome)]));
  return { ok, line: JSON.stringify({ ok, channels }) };
}

const channelReport = ({ messageId, status, request, recalled, fault }: DemoOutcome): JsonObject => ({
  messageId,
  status,
  request: request ?? null,
  ...(recalled !== undefined && { recalled }),
  ...(fault !== undefined && { fault }),
});

/** What happened to each demo message, for people. */
export function timelineLines(outcomes: readonly DemoOutcome[]): readonly string[] {
  return outcomes.flatMap((outcome) => [
    '',
    `${wentWell(outcome) ? '✓' : '✗'} ${outcome.channel.label.en} (${outcome.channel.label.zh})  ${outcome.messageId}`,
    ...eventLines(outcome),
    ...(outcome.recalled ? ['    the sandbox confirms the recall'] : []),
    ...(outcome.fault === undefined ? [] : [`    ${outcome.fault}`]),
  ]);
}

function eventLines({ timeline }: DemoOutcome): readonly string[] {
  const startedAt = timeline[0]?.at.getTime() ?? 0;
  return timeline.map(({ at, event, text }) => {
    const elapsed = `+${at.getTime() - startedAt} ms`.padStart(11);
    return `${elapsed}  ${event.padEnd(17)} ${text}`.trimEnd();
  });
}
