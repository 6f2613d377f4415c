// The panel's options: sound, language, and the way to have everything deleted.
import { useEffect, useRef } from 'preact/hooks';
import type { Sound } from './sound.ts';
import { languageNames, type Strings, type UiLanguage } from './strings.ts';

export interface MenuProps {
  text: Strings;
  language: UiLanguage;
  sound: Sound;
  onSound: () => void;
  onLanguage: (language: UiLanguage) => void;
  onErase: () => void;
}

/** A disclosed group, not a menu of the desktop kind: Tab goes through it, Esc and its button close it. */
export function Menu({ text, language, sound, onSound, onLanguage, onErase }: MenuProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
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
      <button type="button" class="row danger" onClick={onErase}>
        {text.erase}
      </button>
    </div>
  );
}
