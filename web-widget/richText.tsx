// A text with its links and strong words as elements; every character of it is a text node.
import { textParts } from './textParts.ts';

export function RichText({ text }: { text: string }) {
  return (
    <>
      {textParts(text).map((part) => {
        if (part.kind === 'text') return part.text;
        if (part.kind === 'strong') return <strong>{part.text}</strong>;
        return (
          <a href={part.href} target="_blank" rel="noopener nofollow ugc">
            {part.text}
          </a>
        );
      })}
    </>
  );
}
