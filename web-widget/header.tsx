// The panel's head: whose counter this is, whether the line is up, the consultation number, and who answers now.
import type { ComponentChildren, RefObject } from 'preact';
import type { ChatView } from './chat.ts';
import { CloseIcon, MenuIcon } from './icons.tsx';
import { fill, type Strings } from './strings.ts';

/** @param props `onOfficer` asks for a person; `onClose` null when the panel fills its own tab */
export function Header(props: {
  view: ChatView;
  text: Strings;
  isMenuOpen: boolean;
  menuButton: RefObject<HTMLButtonElement | null>;
  onMenu: () => void;
  onOfficer: () => void;
  onClose: (() => void) | null;
  /** The options, when they are open. */
  children: ComponentChildren;
}) {
  const { view, text, onClose } = props;
  const state = view.conversation?.state ?? 'bot';
  return (
    <header>
      <div class="head">
        <div class="names">
          <h1>{text.title}</h1>
          <p class="line">
            <span role="status" class={`connection ${view.connection}`}>
              {text[view.connection]}
            </span>
            {view.conversation !== null && <span class="number">{view.conversation.number}</span>}
          </p>
        </div>
        <button
          type="button"
          class="icon"
          aria-label={text.menu}
          aria-expanded={props.isMenuOpen}
          aria-controls="loket-menu"
          ref={props.menuButton}
          onClick={props.onMenu}
        >
          <MenuIcon />
        </button>
        {onClose !== null && (
          <button type="button" class="icon" aria-label={text.close} onClick={onClose}>
            <CloseIcon />
          </button>
        )}
      </div>
      <div class={`who ${state}`}>
        <p role="status">{whoAnswers(view, text)}</p>
        {state === 'bot' && (
          <button type="button" onClick={props.onOfficer}>
            {text.askOfficer}
          </button>
        )}
      </div>
      {props.children}
    </header>
  );
}

/** @returns one line: the assistant, the place in the queue, the officer's name, or that it is closed */
function whoAnswers({ conversation }: Pick<ChatView, 'conversation'>, text: Strings): string {
  if (conversation === null || conversation.state === 'bot') return text.byBot;
  if (conversation.state === 'closed') return text.closed;
  if (conversation.state === 'officer') {
    return conversation.officerName === null ? text.withSomeOfficer : fill(text.withOfficer, { name: conversation.officerName });
  }
  const { place } = conversation;
  if (place === null) return text.queued;
  const ahead = place.ahead === 0 ? text.first : fill(text.ahead, { n: place.ahead });
  if (place.officersOnDuty === 0) return `${ahead}, ${text.nobodyOnDuty}`;
  if (place.estimate === null) return ahead;
  return `${ahead}, ${fill(text.estimate, { from: place.estimate.fromMinutes, to: place.estimate.toMinutes })}`;
}
