import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Language } from '../session/preferences.js';

export type TextKey = keyof typeof import('./zh.json');
export type TextValues = Readonly<Record<string, string | number | undefined>>;
export type Translate = (key: TextKey, values?: TextValues) => string;

type Texts = Readonly<Record<TextKey, string>>;

/** One file for each language. */
const LOADERS: Readonly<Record<Language, () => Promise<{ readonly default: Texts }>>> = {
  zh: () => import('./zh.json'),
  en: () => import('./en.json'),
};

const TextContext = createContext<Translate>((key) => key);

export const useText = (): Translate => useContext(TextContext);

function translator(language: Language, texts: Texts): Translate {
  const formats = new Map<TextKey, IntlMessageFormat>();
  return (key, values) => {
    const text = texts[key];
    if (!text.includes('{')) return text;
    const format = formats.get(key) ?? new IntlMessageFormat(text, language === 'zh' ? 'zh-CN' : 'en');
    formats.set(key, format);
    return String(format.format(values));
  };
}

/** Shows nothing until the texts of the language are there. */
export function TextProvider(props: { readonly language: Language; readonly children: ReactNode }): ReactNode {
  const { language, children } = props;
  const [loaded, setLoaded] = useState<{ readonly language: Language; readonly texts: Texts }>();
  useEffect(() => {
    let isCurrent = true;
    void LOADERS[language]().then(({ default: texts }) => isCurrent && setLoaded({ language, texts }));
    return () => {
      isCurrent = false;
    };
  }, [language]);
  const translate = useMemo(() => loaded && translator(loaded.language, loaded.texts), [loaded]);
  return translate ? <TextContext value={translate}>{children}</TextContext> : null;
}
