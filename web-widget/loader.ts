// What one script tag puts on any site: a launcher button in a shadow root, and at its first press the panel in an iframe.
// Built to loader.js for every page of a host: small, no innerHTML, works under CSP and Trusted Types.

import { keepBackButton } from './backButton.ts';
import { type FromLoader, parseFromPanel } from './frameMessages.ts';
import { keepInSight } from './keyboard.ts';
import { pickLanguage } from './language.ts';
import { drawing, dress, element } from './loaderDom.ts';
import { loaderStyle } from './loaderStyle.ts';
import { loaderText } from './loaderText.ts';

/** Marks, for this tab, that the visitor has chatted: later pages load the panel unseen to count what arrives. */
const usedKey = 'loket-used';
/** Where the panel covers the page; the same width as in loaderStyle.ts. */
const phone = '(max-width: 480px), (max-height: 480px)';

function start(script: HTMLScriptElement): void {
  const base = new URL('.', script.src);
  const language = pickLanguage(script.dataset.lang, navigator.language);
  const text = loaderText[language];
  let frame: HTMLIFrameElement | null = null;
  let isOpen = false;
  let isReady = false;
  let unread = 0;

  const host = element('div', { 'data-loket': '' });
  const root = host.attachShadow({ mode: 'open' });
  dress(root, loaderStyle);

  const button = element('button', { type: 'button', 'aria-controls': 'loket-panel' });
  const bubble = drawing('M4 5h16v11H11l-5 4v-4H4z');
  const cross = drawing('M6 6l12 12M18 6L6 18');
  const count = element('span', { class: 'count', 'aria-hidden': 'true' });
  const panel = element('div', { id: 'loket-panel', class: 'panel', role: 'dialog', 'aria-label': text.panel, hidden: '' });
  button.append(bubble, cross, count);
  root.append(button, panel);

  function show(): void {
    panel.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    button.setAttribute('aria-label', isOpen ? text.close : unread > 0 ? `${text.open}, ${unread} ${text.unread}` : text.open);
    bubble.toggleAttribute('hidden', isOpen);
    cross.toggleAttribute('hidden', !isOpen);
    count.hidden = isOpen || unread === 0;
    count.textContent = unread > 99 ? '99+' : String(unread);
  }

  function tellPanel(): void {
    const message: FromLoader = { loket: 'visible', isVisible: isOpen };
    frame?.contentWindow?.postMessage(message, base.origin);
  }

  function loadPanel(): void {
    if (frame !== null) return;
    const address = new URL('panel.html', base);
    address.search = String(new URLSearchParams({ lang: language, host: location.origin }));
    frame = element('iframe', {
      title: text.panel,
      src: address.href,
      allow: 'microphone; clipboard-write',
      sandbox: 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads',
    });
    panel.append(frame);
  }

  const back = keepBackButton(() => close());

  function open(byVisitor: boolean): void {
    isOpen = true;
    loadPanel();
    show();
    if (matchMedia(phone).matches) back.arm();
    if (byVisitor) {
      remember();
      if (isReady) frame?.focus();
    }
    tellPanel();
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    show();
    tellPanel();
    button.focus();
    back.disarm();
  }

  button.addEventListener('click', () => (isOpen ? close() : open(true)));
  root.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape') close();
  });
  addEventListener('message', (event) => {
    if (event.origin !== base.origin || frame === null || event.source !== frame.contentWindow) return;
    const message = parseFromPanel(event.data);
    if (message?.loket === 'ready') {
      isReady = true;
      // Only now is there something in the frame that can take the focus.
      if (isOpen && root.activeElement === button) frame.focus();
      tellPanel();
    }
    if (message?.loket === 'close') close();
    if (message?.loket === 'unread') {
      unread = message.count;
      show();
    }
  });

  keepInSight(panel, () => matchMedia(phone).matches);
  document.body.append(host);
  show();
  if (script.dataset.open === 'true') open(false);
  else if (wasUsed()) loadPanel();
}

function remember(): void {
  try {
    sessionStorage.setItem(usedKey, '1');
  } catch {
    // The host page has no storage: later pages simply do not load the panel ahead.
  }
}

function wasUsed(): boolean {
  try {
    return sessionStorage.getItem(usedKey) !== null;
  } catch {
    return false;
  }
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && document.querySelector('[data-loket]') === null) {
  if (document.body !== null) start(script);
  else addEventListener('DOMContentLoaded', () => start(script));
}
