/** Signal equations of the sequences (Bernstein, King, Zhou: Handbook of MRI Pulse Sequences, chapters 14 and 17). */
import { TISSUES, type Tissue } from '../tissue.ts';
import type { MrProtocol } from './protocol.ts';
import { at, FAT_RELAXATION, GADOLINIUM, RELAXATION } from './relaxation.ts';

/** Signal of fully relaxed water at TE 0. */
export const FULL = 1000;

/**
 * Factor of flow on the signal of blood: in a spin echo blood leaves the slice between the pulses, and in a gradient
 * echo unsaturated blood enters it (Bradley, Radiology 1985, 154: 443).
 */
const FLOW: Record<MrProtocol['sequence'], number> = { SE: 0.12, IR: 0.12, DWI: 0.05, GRE: 1.5 };

type Spins = { t1: number; t2: number; t2star: number; protons: number; adc: number };

/** Signed, so that inverted and upright spins in one voxel cancel as in reality. */
export function signal(spins: Spins, protocol: MrProtocol, b = 0): number {
  const { sequence, repetitionTime, echoTime, inversionTime, flipAngle } = protocol;
  const { t1, t2, t2star, protons, adc } = spins;
  const recovered = Math.exp(-repetitionTime / t1);
  const full = FULL * protons;
  if (sequence === 'GRE') {
    // Spoiled gradient echo: the Ernst equation.
    const flip = (flipAngle * Math.PI) / 180;
    const along = (1 - recovered) / (1 - Math.cos(flip) * recovered);
    return full * Math.sin(flip) * along * Math.exp(-echoTime / t2star);
  }
  if (sequence === 'IR') {
    return full * (1 - 2 * Math.exp(-inversionTime / t1) + recovered) * Math.exp(-echoTime / t2);
  }
  const echo = full * (1 - recovered) * Math.exp(-echoTime / t2);
  return sequence === 'DWI' ? echo * Math.exp(-b * adc * 1e-6) : echo;
}

/** The signals of a tissue's water and of its fat. */
export function tissueSignal(tissue: Tissue, protocol: MrProtocol, b = 0): { water: number; fat: number } {
  const { field, gadolinium, fat: left, sequence } = protocol;
  const of = RELAXATION[tissue];
  const faster = gadolinium ? (GADOLINIUM[tissue] ?? 0) : 0;
  const spins = {
    t1: 1 / (1 / at(of.t1, field) + faster / 1000),
    t2: at(of.t2, field),
    t2star: at(of.t2star, field),
    protons: of.protons,
    adc: of.adc,
  };
  const fatSpins = {
    ...spins,
    t1: at(FAT_RELAXATION.t1, field),
    t2: at(FAT_RELAXATION.t2, field),
    // Bone dephases the fat between it as it dephases water.
    t2star: Math.min(spins.t2star, at(FAT_RELAXATION.t2star, field)),
    adc: FAT_RELAXATION.adc,
  };
  const moving = tissue === 'blood' ? FLOW[sequence] : 1;
  return {
    water: (1 - of.fat) * moving * signal(spins, protocol, b),
    fat: of.fat * left * signal(fatSpins, protocol, b),
  };
}

/** Water and fat by [tissue][texture + 128]. */
export function signalTables(protocol: MrProtocol, b = 0): { water: Float32Array; fat: Float32Array } {
  const water = new Float32Array(TISSUES.length * 256);
  const fat = new Float32Array(TISSUES.length * 256);
  TISSUES.forEach((tissue, number) => {
    const mean = tissueSignal(tissue, protocol, b);
    const unit = RELAXATION[tissue].texture;
    for (let texture = -128; texture < 128; texture++) {
      const change = 1 + (unit * texture) / 127;
      water[number * 256 + texture + 128] = mean.water * change;
      fat[number * 256 + texture + 128] = mean.fat * change;
    }
  });
  return { water, fat };
}
