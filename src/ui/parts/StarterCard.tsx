/** A link to the model card of the starter: what it learned from, whom it has to thank, and where it fails. */
import type { ReactNode } from 'react';

/** Downloaded: the page's sandbox opens no other tab, and going there would end what is under way here. */
export function StarterCard({ children }: { children: ReactNode }) {
  return (
    <a href="./starter/card.md" download="starter-card.md" data-testid="starter-card">
      {children}
    </a>
  );
}
