import { theme as antTheme, type ThemeConfig } from 'antd';
import type { Preferences } from '../session/preferences.js';

const FONT = 'var(--font)';

const SHARED = { fontFamily: FONT, fontFamilyCode: 'var(--mono)', borderRadius: 6, wireframe: false } as const;

const LIGHT = {
  ...SHARED,
  colorPrimary: '#1450c8',
  colorInfo: '#1450c8',
  colorLink: '#1450c8',
  colorError: '#b42318',
  colorSuccess: '#146c37',
  colorWarning: '#8a5300',
  colorText: '#1d2129',
  colorTextSecondary: '#4e5969',
  colorTextTertiary: '#667085',
  colorTextPlaceholder: '#667085',
  colorTextDescription: '#667085',
  colorBorder: '#8792a2',
  colorBgLayout: '#f5f7fa',
} as const;

const DARK = {
  ...SHARED,
  colorPrimary: '#2f6be0',
  colorInfo: '#2f6be0',
  colorLink: '#8ab4ff',
  colorError: '#ff9c93',
  colorSuccess: '#7bd89a',
  colorWarning: '#f2c063',
  colorText: '#e6eaf0',
  colorTextSecondary: '#b3bcc8',
  colorTextTertiary: '#8f9aa8',
  colorTextPlaceholder: '#8f9aa8',
  colorTextDescription: '#8f9aa8',
  colorBorder: '#6b7787',
  colorBgBase: '#171b21',
  colorBgContainer: '#171b21',
  colorBgElevated: '#1e242c',
  colorBgLayout: '#0f1216',
} as const;

/** The library's own blue, red and greys are too pale for small text. */
export function antThemeOf({ theme, density }: Preferences): ThemeConfig {
  const isDark = theme === 'dark';
  return {
    algorithm: [
      isDark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
      ...(density === 'compact' ? [antTheme.compactAlgorithm] : []),
    ],
    token: { ...(isDark ? DARK : LIGHT), motion: !matchMedia('(prefers-reduced-motion: reduce)').matches },
    components: isDark
      ? { Button: { dangerColor: '#3a0e0b' }, Tabs: { itemSelectedColor: '#8ab4ff', itemHoverColor: '#8ab4ff' } }
      : {},
  };
}
