/** Draws the few kinds of Markdown that lessons use, as elements: no text becomes markup. */
import type { Token, Tokens } from 'marked';
import type { ReactNode } from 'react';

export function Markdown({ tokens }: { tokens: readonly Token[] | undefined }) {
  return tokens?.map((token) => <Piece key={token.raw} token={token} />) ?? null;
}

function Piece({ token }: { token: Token }): ReactNode {
  const inside = 'tokens' in token && token.tokens && <Markdown tokens={token.tokens} />;
  switch (token.type) {
    case 'paragraph':
      return <p>{inside}</p>;
    case 'strong':
      return <strong>{inside}</strong>;
    case 'em':
      return <em>{inside}</em>;
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>;
    case 'list':
      return (
        <ul>
          {(token as Tokens.List).items.map((item) => (
            <li key={item.raw}>
              <Markdown tokens={item.tokens} />
            </li>
          ))}
        </ul>
      );
    case 'text':
    case 'escape':
      return inside || (token as Tokens.Text).text;
    default:
      return null;
  }
}
