/** How large the tiles of a grid are. */
import styles from './LabelPage.module.css';

const TILE = { least: 88, most: 280 };
export const FIRST_TILE = 150;

export function TileSize({ value, onChange }: { value: number; onChange: (size: number) => void }) {
  return (
    <label className={styles.size}>
      Size
      <input
        type="range"
        min={TILE.least}
        max={TILE.most}
        value={value}
        onChange={({ target }) => onChange(target.valueAsNumber)}
        data-testid="tile-size"
      />
    </label>
  );
}
