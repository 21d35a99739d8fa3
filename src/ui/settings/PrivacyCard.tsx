/** Facts about the handling of patients' data. */
import { Card } from './Card.tsx';

export function PrivacyCard() {
  return (
    <Card title="Privacy">
      <ul>
        <li>
          <strong>Nothing leaves this machine.</strong> The app loads nothing from and sends nothing to any
          other place; the browser is told to forbid it.
        </li>
        <li>
          <strong>Identifiers are not stored.</strong> Series and patients are remembered only as codes that
          can’t be turned back, made with a key that never leaves this browser.
        </li>
        <li>
          <strong>File names are not stored.</strong> They are shown while you work and are in a download only
          if you tick its box. A dataset is “Dataset 1” until you give it its folder’s name or another, or a
          datasets.json names it.
        </li>
        <li>
          <strong>Pixels are stored</strong>, resized to 224 × 224 grey pixels. Text burned into an image
          stays in it.
        </li>
        <li>
          <strong>Trained weights can reveal</strong> something of the images they learned from: share them as
          you would share the data.
        </li>
      </ul>
    </Card>
  );
}
