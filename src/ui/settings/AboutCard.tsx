/** The app's purpose and limits, its version and its libraries. */
import { version } from '../../../package.json';
import { useLab } from '../context.ts';
import { Callout } from '../parts/Message.tsx';
import { StarterCard } from '../parts/StarterCard.tsx';
import { Card } from './Card.tsx';
import { LIBRARIES } from './libraries.ts';

/** Set by the build (vite.config.ts). */
declare const __COMMIT__: string;

export function AboutCard() {
  const starter = useLab((state) => state.starter);
  return (
    <Card title="About">
      <Callout tone="warn" title="Not a medical device">
        <p>For research and teaching. Do not use its answers to treat anyone.</p>
      </Callout>
      <dl data-testid="about-facts">
        <dt>Version</dt>
        <dd>
          <strong>{version}</strong> ({__COMMIT__})
        </dd>
        <dt>Licence</dt>
        <dd>MIT</dd>
        <dt>Method</dt>
        <dd>“Classification of Hyper-scale Multimodal Imaging Datasets”</dd>
        {starter && (
          <>
            <dt>Starter</dt>
            <dd>
              <StarterCard>Download its model card</StarterCard>
            </dd>
          </>
        )}
      </dl>
      <details>
        <summary>Made with</summary>
        <dl>
          {LIBRARIES.map(({ name, licence }) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{licence}</dt>
              <dd>{name}</dd>
            </div>
          ))}
        </dl>
        <p>
          {/* Downloaded: the page's sandbox opens no other tab, and going there would end what is under way here. */}
          <a href="./THIRD-PARTY.txt" download data-testid="licences">
            Download their licences in full
          </a>
        </p>
      </details>
    </Card>
  );
}
