import type { ChannelDefinition } from '#libs/channels';
import { demoMessage } from './demo.js';
import type { Installation } from './installation.js';

/** What a newcomer needs next. The admin key is shown when it was made just now, and never again. */
export function bannerLines(installation: Installation, channels: readonly ChannelDefinition[]): readonly string[] {
  const { urls, adminKey } = installation;
  return [
    '',
    `Hongyan is running.  Ctrl-C stops it.`,
    `  Console        ${urls.api}/console`,
    `  API            ${urls.api}/v1   (documentation: ${urls.api}/docs)`,
    `  Sandbox inbox  ${urls.sandbox}`,
    `  Worker         ${urls.worker}/health/ready`,
    `  Database       ${installation.database}`,
    `  Queue          ${installation.queue}`,
    ...installation.movedPorts.map((line) => `  ${line}`),
    `  Admin key      ${adminKeyText(adminKey)}`,
    '',
    ...channels.slice(0, 1).flatMap((channel) => ['Try it:', curlLine(installation, channel)]),
    '',
  ];
}

function adminKeyText({ isNew, value, path }: Installation['adminKey']): string {
  if (path === undefined) return 'the one in HONGYAN_ADMIN_KEY';
  return isNew ? `${value}   (shown once; kept in ${path})` : `kept in ${path}`;
}

function curlLine({ urls, adminKey }: Installation, channel: ChannelDefinition): string {
  const key = adminKey.path === undefined ? '$HONGYAN_ADMIN_KEY' : `$(cat '${adminKey.path}')`;
  const body = JSON.stringify(demoMessage(channel, 1, new Date()));
  return `  curl -sS ${urls.api}/v1/messages -H "Authorization: Bearer ${key}" -H 'Content-Type: application/json' -d '${body}'`;
}
