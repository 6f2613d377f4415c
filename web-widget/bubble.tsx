// One message of the log, with its speaker, files, time, delivery state and quick replies.
import { Attachment } from './attachment.tsx';
import type { Media } from './media.ts';
import { RichText } from './richText.tsx';
import { type Row, timeOf } from './rows.ts';
import { fill, type Strings, type UiLanguage } from './strings.ts';
import type { LogItem } from './timeline.ts';

export interface BubbleParts {
  text: Strings;
  language: UiLanguage;
  media: Media;
  /** Largest file the server takes, MB. */
  maxMb: number;
  onPress: (label: string, button: string) => void;
  onRetry: (clientMessageId: string) => void;
  onDiscard: (clientMessageId: string) => void;
}

export function Bubble({ row, ...parts }: BubbleParts & { row: Row }) {
  const { text } = parts;
  const { item } = row;
  const side = item.author === 'contact' ? 'own' : item.author;
  const hasBubble = item.deleted || item.text !== '' || item.attachments.length > 0 || item.file !== null;
  return (
    <div class={`message ${side}${row.isFirst ? ' first' : ''}${row.isLast ? ' last' : ''}`}>
      {item.author === 'contact' ? (
        <span class="hidden">{text.you}: </span>
      ) : (
        row.isFirst && (
          <p class="speaker">
            <span class="face" aria-hidden="true">
              {item.author === 'bot' ? 'L' : (item.authorName ?? text.officer).charAt(0)}
            </span>
            {speakerOf(item, text)}
          </p>
        )
      )}
      {hasBubble && (
        <div class={`bubble${item.text === '' && item.kind === 'image' && !item.deleted ? ' bare' : ''}`}>
          <Body item={item} {...parts} />
        </div>
      )}
      {(row.isLast || item.delivery === 'waiting' || item.delivery === 'failed') && <Meta item={item} {...parts} />}
      {row.hasButtons && (
        <div class="replies">
          {item.buttons.map((button) => (
            <button type="button" key={button.id} onClick={() => parts.onPress(button.label, button.id)}>
              {button.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Body({ item, text, media }: BubbleParts & { item: LogItem }) {
  if (item.deleted) return <em>{text.deleted}</em>;
  // Before the server has the file, it is shown from this page's memory under the message's own key.
  const own = item.file === null ? [] : [{ ...item.file, id: item.key, state: 'stored' as const }];
  const isHere = item.file === null || media.url(item.key) !== null;
  return (
    <>
      {item.text !== '' && (item.author === 'contact' ? item.text : <RichText text={item.text} />)}
      {isHere ? (
        [...item.attachments, ...own].map((attachment) => (
          <Attachment
            key={attachment.id}
            attachment={attachment}
            ownKey={item.author === 'contact' ? item.key : null}
            media={media}
            text={text}
          />
        ))
      ) : (
        <span class="file-note">{item.file?.isVoice === true ? text.voice : item.file?.name}</span>
      )}
    </>
  );
}

function Meta({ item, text, language, maxMb, onRetry, onDiscard }: BubbleParts & { item: LogItem }) {
  const own = item.clientMessageId;
  const isUploading = item.file !== null && item.delivery === 'waiting' && own !== null;
  const percent = Math.round((item.progress ?? 0) * 100);
  return (
    <p class="meta">
      {isUploading && item.progress !== null && (
        <span class="upload">
          <progress max={100} value={percent} aria-label={fill(text.uploading, { percent })} />
        </span>
      )}
      {item.edited && !item.deleted && <span>{text.edited}</span>}
      {item.delivery !== 'failed' && (
        <time dateTime={new Date(item.createdAt).toISOString()}>{timeOf(item.createdAt, language)}</time>
      )}
      {item.delivery !== null && <span class={`delivery ${item.delivery}`}>{text[item.delivery]}</span>}
      {item.delivery === 'failed' && item.file !== null && <span>{whyNot(item.reason, text, maxMb)}</span>}
      {isUploading && (
        <button type="button" onClick={() => onDiscard(own)}>
          {text.cancelUpload}
        </button>
      )}
      {item.delivery === 'failed' && own !== null && (
        <>
          {item.reason !== 'lost' && (
            <button type="button" onClick={() => onRetry(own)}>
              {text.retry}
            </button>
          )}
          <button type="button" onClick={() => onDiscard(own)}>
            {text.discard}
          </button>
        </>
      )}
    </p>
  );
}

function whyNot(reason: string | null, text: Strings, maxMb: number): string {
  if (reason === 'too-large') return fill(text.tooLarge, { mb: maxMb });
  if (reason === 'lost') return text.lostFile;
  return reason === 'invalid' ? text.badType : '';
}

function speakerOf(item: LogItem, text: Strings): string {
  if (item.author === 'bot') return text.bot;
  return item.authorName === null ? text.officer : `${item.authorName}, ${text.officer.toLowerCase()}`;
}
