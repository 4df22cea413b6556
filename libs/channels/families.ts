import type { LocalizedText } from '#libs/core';

export interface ProviderHost {
  /** Environment variable that replaces the default address. */
  readonly env: string;
  readonly defaultUrl: string;
  readonly description: string;
}

export interface FamilyDefinition {
  readonly name: string;
  readonly label: LocalizedText;
  /** `primary` serves most calls; a second host where the vendor has two API families. */
  readonly hosts: { readonly primary: ProviderHost; readonly v1?: ProviderHost };
  /** The vendor ignores the case of user ids: canonical ids are lower-cased. */
  readonly caseInsensitiveIds: boolean;
  /** How previews look: square avatars and bubbles, or round ones. */
  readonly skin: 'square' | 'round';
}

/** The vendors, by the name that recipients and identities use. Nothing else in core, API or database names them. */
export const FAMILIES = {
  wecom: {
    name: 'wecom',
    label: { zh: '企业微信', en: 'WeCom' },
    hosts: {
      primary: {
        env: 'WECOM_API_BASE_URL',
        defaultUrl: 'https://qyapi.weixin.qq.com',
        description: 'Base address of the WeCom server API',
      },
    },
    caseInsensitiveIds: true,
    skin: 'square',
  },
  dingtalk: {
    name: 'dingtalk',
    label: { zh: '钉钉', en: 'DingTalk' },
    hosts: {
      primary: {
        env: 'DINGTALK_API_BASE_URL',
        defaultUrl: 'https://oapi.dingtalk.com',
        description: 'Base address of the legacy DingTalk API (work messages, webhook robots, contacts)',
      },
      v1: {
        env: 'DINGTALK_API_V1_BASE_URL',
        defaultUrl: 'https://api.dingtalk.com',
        description: 'Base address of the new DingTalk API (/v1.0)',
      },
    },
    caseInsensitiveIds: false,
    skin: 'round',
  },
} as const satisfies Record<string, FamilyDefinition>;

export type FamilyName = keyof typeof FAMILIES;
export const FAMILY_NAMES = Object.keys(FAMILIES) as readonly FamilyName[];
export const isFamilyName = (text: string): text is FamilyName => text in FAMILIES;
export const familyOf = (name: FamilyName): FamilyDefinition => FAMILIES[name];
