// One message of the log, with its speaker, time, delivery state and quick replies.
import { RichText } from './richText.tsx';
import { type Row, timeOf } from './rows.ts';
import { fill, type Strings, type UiLanguage } from './strings.ts';
import type { LogItem } from './timeline.ts';

export interface BubbleProps {
  row: Row;
  text: Strings;
  language: UiLanguage;
  onPress: (label: string, button: string) => void;
  onRetry: (clientMessageId: string) => void;
  onDiscard: (clientMessageId: string) => void;
}

export function Bubble({ row, text, language, onPress, onRetry, onDiscard }: BubbleProps) {
  const { item } = row;
  const own = item.clientMessageId;
  const side = item.author === 'contact' ? 'own' : item.author;
  return (
    <div class={`message ${side}${row.isFirst ? ' first' : ''}${row.isLast ? ' last' : ''}`}>
      {item.author === 'contact' ? (
        <span class="hidden">{text.you}: </span>
      ) : (
        row.isFirst && <p class="speaker">{speakerOf(item, text)}</p>
      )}
      <div class="bubble">
        <Body item={item} text={text} />
      </div>
      {(row.isLast || item.delivery === 'waiting' || item.delivery === 'failed') && (
        <p class="meta">
          {item.edited && !item.deleted && <span>{text.edited}</span>}
          {item.delivery !== 'failed' && (
            <time dateTime={new Date(item.createdAt).toISOString()}>{timeOf(item.createdAt, language)}</time>
          )}
          {item.delivery !== null && <span class={`delivery ${item.delivery}`}>{text[item.delivery]}</span>}
          {item.delivery === 'failed' && own !== null && (
            <>
              <button type="button" onClick={() => onRetry(own)}>
                {text.retry}
              </button>
              <button type="button" onClick={() => onDiscard(own)}>
                {text.discard}
              </button>
            </>
          )}
        </p>
      )}
      {row.hasButtons && (
        <div class="replies">
          {item.buttons.map((button) => (
            <button type="button" key={button.id} onClick={() => onPress(button.label, button.id)}>
              {button.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Body({ item, text }: { item: LogItem; text: Strings }) {
  if (item.deleted) return <em>{text.deleted}</em>;
  return (
    <>
      {item.text !== '' && (item.author === 'contact' ? item.text : <RichText text={item.text} />)}
      {item.attachments.map((attachment) => (
        <span class="file" key={attachment.id}>
          {fill(text.file, { name: attachment.name })}
        </span>
      ))}
    </>
  );
}

function speakerOf(item: LogItem, text: Strings): string {
  if (item.author === 'bot') return text.bot;
  return item.authorName === null ? text.officer : `${item.authorName}, ${text.officer.toLowerCase()}`;
}
