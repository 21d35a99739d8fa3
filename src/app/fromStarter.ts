/** What a run that begins with the starter takes of it: network, size, and its last layer where the classes are the same. */
import type { ModelFacts } from '../core/export/modelFacts.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import type { ModelState } from '../core/nn/state.ts';
import { hasNone, outputsOf } from '../core/train/answers.ts';
import { weightsHash } from '../core/train/checkpoint.ts';
import { classIds } from '../core/train/labelSetOf.ts';
import type { RunConfig, Start } from '../core/train/run.ts';
import type { Starter } from './starter.ts';

/** @throws LabError if the starter cannot be had, or is damaged */
export async function fromStarter(
  config: RunConfig & { start: Start },
  labelSet: LabelSet,
  starter: Starter,
): Promise<{ config: RunConfig; model: ModelState }> {
  const file = await starter.file();
  // Loaded on demand: the networks import the engine, which otherwise only workers load.
  const [{ parseModelFile }, { findNetwork }, { lastLayer }] = await Promise.all([
    import('../core/export/modelFile.ts'),
    import('../core/nn/index.ts'),
    import('../core/nn/network.ts'),
  ]);
  const known = parseModelFile(file);
  const { network, inputSize } = known;
  const outputs = outputsOf(config, labelSet.classes.length);
  const has = outputsOf(known, known.labelSet.classes.length);
  const head = keepsHead(known, config, labelSet) ? 'kept' : 'new';
  const model = new Map(known.model);
  for (const { name } of lastLayer(findNetwork(network, has))) {
    const { shape, data } = model.get(name)!;
    // The output for pictures of no class comes last: a run that does not learn them leaves it out.
    if (head === 'new') model.delete(name);
    else
      model.set(name, {
        shape: [outputs, ...shape.slice(1)],
        data: data.slice(0, (data.length / has) * outputs),
      });
  }
  const start = { ...config.start, weights: weightsHash(known.model), head } as const;
  return { config: { ...config, network, inputSize, start }, model };
}

/**
 * Whether the last layer stays what it is: the same classes in the same order, by their ids, and an output for pictures of no
 * class if the run learns those.
 */
export function keepsHead(
  known: Pick<ModelFacts, 'labelSet' | 'outliers'>,
  config: Pick<RunConfig, 'outliers'>,
  labelSet: LabelSet,
): boolean {
  const [a, b] = [known.labelSet, labelSet].map((set) => classIds(set).join('\n'));
  return a === b && (hasNone(known) || !hasNone(config));
}
