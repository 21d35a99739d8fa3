/** Made-up predictions of a model that sees the truth through noise, under labels of which a known share is wrong. */
import { random } from '../../../src/core/random.ts';

type Planted = {
  count: number;
  classes: number;
  share: number;
  /** How much the logit of the truth stands out from the noise, of variance 1. */
  sharpness: number;
  seed: number;
};

export function plantedErrors({ count, classes, share, sharpness, seed }: Planted) {
  const draw = random(seed);
  const truth = new Uint8Array(count);
  const label = new Uint8Array(count);
  const isWrong: boolean[] = [];
  const probabilities = new Float32Array(count * classes);
  for (let i = 0; i < count; i++) {
    truth[i] = draw.integer(classes);
    isWrong[i] = draw.uniform() < share;
    label[i] = isWrong[i] ? (truth[i] + 1 + draw.integer(classes - 1)) % classes : truth[i];
    const powers = Array.from({ length: classes }, (_, c) =>
      Math.exp(draw.normal() + (c === truth[i] ? sharpness : 0)),
    );
    const sum = powers.reduce((a, b) => a + b, 0);
    probabilities.set(
      powers.map((power) => power / sum),
      i * classes,
    );
  }
  return { judged: { classes, label, probabilities }, truth, isWrong };
}
