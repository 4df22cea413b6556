import type { JsonObject } from '#libs/core';
import { channelNamed, type Given, type GivenTemplate } from '../../e2e/given.js';

/**
 * What a message risks when nobody knows whether a call arrived.
 * `resent`: sent once more, and the vendor cannot tell. `protected`: sent once more, the vendor suppresses a copy.
 * `held`: a person decides.
 */
export const RISKS = ['resent', 'protected', 'held'] as const;
export type Risk = (typeof RISKS)[number];

export type Templates = Readonly<Record<Risk, GivenTemplate>>;

const CHANNELS: Readonly<Record<Risk, string>> = {
  resent: 'wecom-robot',
  protected: 'dingtalk-robot',
  held: 'wecom-app',
};

/** Load is not what these limits are for: they have tests of their own. */
const unlimited = (channel: string): JsonObject =>
  Object.fromEntries(channelNamed(channel).limits.map(({ key }) => [key, null]));

async function template(given: Given, risk: Risk): Promise<GivenTemplate> {
  const channel = CHANNELS[risk];
  const account = await given.account(channel, { limits: unlimited(channel) });
  return given.template(channel, { account, onAmbiguous: risk === 'held' ? 'hold' : 'resend' });
}

/** One template for each risk, on new accounts. */
export async function givenTemplates(given: Given): Promise<Templates> {
  return {
    resent: await template(given, 'resent'),
    protected: await template(given, 'protected'),
    held: await template(given, 'held'),
  };
}

/** To a group, or to one of many members: more than one of them in a minute is no more than a person gets. */
export function bodyOf(templates: Templates, risk: Risk, text: string, index: number): JsonObject {
  const recipients = risk === 'held' ? { recipients: [`u${String(1 + (index % 2000)).padStart(4, '0')}`] } : {};
  return templates[risk].message(text, recipients);
}
