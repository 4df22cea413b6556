import { Store, useStore } from './store.js';

export type Language = 'zh' | 'en';
export type Theme = 'light' | 'dark';

/** What a browser remembers of its user: nothing personal. */
export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly isCollapsed: boolean;
  readonly density: 'compact' | 'normal';
  /** IANA name in which times are shown. */
  readonly timeZone: string;
  readonly hasShortcuts: boolean;
}

const KEY = 'hy-preferences';

const DEFAULTS: Preferences = {
  language: navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en',
  theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  isCollapsed: false,
  density: 'normal',
  timeZone: 'Asia/Shanghai',
  hasShortcuts: true,
};

function read(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}

const store = new Store<Preferences>(read());

export const preferences = store.get;

export function usePreferences(): Preferences {
  return useStore(store);
}

export function prefer(change: Partial<Preferences>): void {
  store.set({ ...store.get(), ...change });
  localStorage.setItem(KEY, JSON.stringify(store.get()));
}
