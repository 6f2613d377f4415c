// The panel's options: sound, language, going on in another app, and the way to have everything deleted.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LinkApp } from '../src/contract/http.ts';
import type { LinkCode } from './chat.ts';
import type { Sound } from './sound.ts';
import { fill, languageNames, type Strings, type UiLanguage } from './strings.ts';

export interface MenuProps {
  text: Strings;
  language: UiLanguage;
  sound: Sound;
  onSound: () => void;
  onLanguage: (language: UiLanguage) => void;
  onErase: () => void;
  apps: () => Promise<LinkApp[]>;
  link: (app: LinkApp) => Promise<LinkCode | null>;
}

/** A disclosed group, not a menu of the desktop kind: Tab goes through it, Esc and its button close it. */
export function Menu({ text, language, sound, onSound, onLanguage, onErase, apps, link }: MenuProps) {
  const first = useRef<HTMLButtonElement>(null);
  const [offered, setOffered] = useState<LinkApp[]>([]);
  const [given, setGiven] = useState<(LinkCode & { app: LinkApp }) | 'none' | null>(null);
  useEffect(() => {
    first.current?.focus();
    void apps().then(setOffered);
  }, []);
  const goOn = async (app: LinkApp) => {
    const code = await link(app);
    setGiven(code === null ? 'none' : { ...code, app });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own
    <div id="loket-menu" class="menu" role="group" aria-label={text.menu}>
      <button type="button" class="row" role="switch" aria-checked={sound.isOn()} ref={first} onClick={onSound}>
        {text.sound}
        <span class="switch" aria-hidden="true" />
      </button>
      <fieldset>
        <legend>{text.language}</legend>
        {(Object.keys(languageNames) as UiLanguage[]).map((one) => (
          <label key={one}>
            <input type="radio" name="language" checked={one === language} onChange={() => onLanguage(one)} />
            <span lang={one}>{languageNames[one]}</span>
          </label>
        ))}
      </fieldset>
      {offered.map((app) => (
        <button type="button" class="row" key={app} onClick={() => void goOn(app)}>
          {fill(text.goOn, { app })}
        </button>
      ))}
      <div role="status" class="code">
        {given === 'none' && text.noCode}
        {given !== null && given !== 'none' && (
          <>
            <p>{fill(text.sendCode, { app: given.app })}</p>
            <p>
              <b>{given.code}</b>
            </p>
            <a href={given.url} target="_blank" rel="noopener noreferrer">
              {fill(text.openApp, { app: given.app })}
            </a>
          </>
        )}
      </div>
      <button type="button" class="row danger" onClick={onErase}>
        {text.erase}
      </button>
    </div>
  );
}
