import { Store, useStore } from './store.js';

export type Language = 'zh' | 'en';
export type Theme = 'light' | 'dark';

/** A list as somebody likes to look at it: its page and the query of its address. */
export interface SavedView {
  readonly name: string;
  readonly path: string;
  readonly query: string;
}

/** What a browser remembers of its user: nothing personal. */
export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly isCollapsed: boolean;
  readonly density: 'compact' | 'normal';
  /** IANA name in which times are shown. */
  readonly timeZone: string;
  readonly hasShortcuts: boolean;
  /** Whether lists that can be live begin so. */
  readonly isLive: boolean;
  readonly views: readonly SavedView[];
}

const KEY = 'hy-preferences';

const DEFAULTS: Preferences = {
  language: navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en',
  theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  isCollapsed: false,
  density: 'normal',
  timeZone: 'Asia/Shanghai',
  hasShortcuts: true,
  isLive: false,
  views: [],
};

/** What was chosen; everything else follows the system. */
function chosen(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
  } catch {
    return {};
  }
}

const store = new Store<Preferences>({ ...DEFAULTS, ...chosen() });

export const preferences = store.get;

export function usePreferences(): Preferences {
  return useStore(store);
}

export function prefer(change: Partial<Preferences>): void {
  store.set({ ...store.get(), ...change });
  localStorage.setItem(KEY, JSON.stringify({ ...chosen(), ...change }));
}
