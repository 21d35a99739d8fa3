/** The seed of a draw: another number draws otherwise. */

export const MOST_SEED = 9999;

type Props = { seed: number; onChange(seed: number): void; testId: string };

export function SeedField({ seed, onChange, testId }: Props) {
  return (
    <label>
      Seed{' '}
      <input
        type="number"
        min={1}
        max={MOST_SEED}
        value={seed}
        data-testid={testId}
        onChange={({ target }) => {
          const typed = Math.floor(target.valueAsNumber);
          if (typed >= 1 && typed <= MOST_SEED) onChange(typed);
        }}
      />
    </label>
  );
}
