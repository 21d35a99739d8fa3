/** MR by its physics: signals follow their equations, k-space does what it does, noise is Rician. */
import { describe, expect, test } from 'vitest';
import { random } from '../../../src/core/random.ts';
import { acquireMr, noiseOf } from '../../../src/core/simulate/mr/acquire.ts';
import { fieldAt, fieldOf, shimmed } from '../../../src/core/simulate/mr/field.ts';
import { CONTRASTS, MR_PROTOCOL, type MrProtocol } from '../../../src/core/simulate/mr/protocol.ts';
import { nullTime, RELAXATION } from '../../../src/core/simulate/mr/relaxation.ts';
import { tissueSignal } from '../../../src/core/simulate/mr/signal.ts';
import type { Tissue } from '../../../src/core/simulate/tissue.ts';
import { disk, phantom } from '../../builders/solids.ts';

const ball = (tissue: Tissue, x = 0, radius = 20) => ({
  tissue,
  centre: [x, 0, 0] as const,
  radius,
  length: 60,
});
/** Still, quiet, even: what is left is the equation. */
const ideal: MrProtocol = {
  ...MR_PROTOCOL,
  slices: 1,
  matrix: 128,
  acquired: [112, 112],
  fieldOfView: 160,
  centre: [0, 0, 0],
  noise: 0,
  motion: 0,
  apodization: 0,
  oversampling: 1,
};
const PIXEL = 160 / 128;

function pictures(tissues: Tissue[], protocol: Partial<MrProtocol>, seed = 1): Float32Array[] {
  const body = phantom(tissues.map((tissue, n) => ball(tissue, (n - (tissues.length - 1) / 2) * 50)));
  return acquireMr(body, { ...ideal, ...protocol }, random(seed)).frames.map(({ values }) => values);
}
const mean = (values: Float32Array, mm: number, radius = 7) =>
  disk(values, 128, 63.5 + mm / PIXEL, 63.5, radius / PIXEL).mean;

describe('spin echo', () => {
  test.each([
    ['T1', 1.5],
    ['T2', 3],
    ['PD', 1.5],
  ] as const)('%s at %f T has the ratio that its equation gives within 2 percent', (name, field) => {
    const { repetitionTime: tr, echoTime: te } = CONTRASTS[name];
    const of = (tissue: Tissue) => {
      const { protons, t1, t2 } = RELAXATION[tissue];
      const at = field === 3 ? 1 : 0;
      return protons * (1 - Math.exp(-tr / t1[at])) * Math.exp(-te / t2[at]);
    };
    const [values] = pictures(['greyMatter', 'whiteMatter'], { ...CONTRASTS[name], field });
    // The coil's slope over the places is not the sequence's.
    const [swapped] = pictures(['whiteMatter', 'greyMatter'], { ...CONTRASTS[name], field });
    const ratio = Math.sqrt(
      (mean(values, -25) / mean(values, 25)) * (mean(swapped, 25) / mean(swapped, -25)),
    );
    expect(Math.abs(ratio / (of('greyMatter') / of('whiteMatter')) - 1)).toBeLessThan(0.02);
  });
});

test('gradient echo is brightest at the Ernst angle', () => {
  const tr = 20;
  const ernst = (Math.acos(Math.exp(-tr / RELAXATION.liver.t1[0])) * 180) / Math.PI;
  const at = (flipAngle: number) =>
    tissueSignal('liver', { ...ideal, sequence: 'GRE', repetitionTime: tr, echoTime: 2, flipAngle }).water;
  expect(at(ernst)).toBeGreaterThan(at(ernst * 0.8));
  expect(at(ernst)).toBeGreaterThan(at(ernst * 1.25));
});

describe('inversion recovery', () => {
  test.each([
    ['STIR', 'fat', 'muscle', 1.5],
    ['STIR', 'fat', 'muscle', 3],
    ['FLAIR', 'csf', 'greyMatter', 1.5],
    ['FLAIR', 'csf', 'greyMatter', 3],
  ] as const)('%s leaves nothing of %s beside %s at %f T', (name, dark, bright, field) => {
    const inversionTime = nullTime(dark, field, CONTRASTS[name].repetitionTime);
    const [values] = pictures([dark, bright], { ...CONTRASTS[name], inversionTime, field, bandwidth: 1e6 });
    expect(mean(values, -25)).toBeLessThan(0.02 * mean(values, 25));
    // Half of it doesn't.
    const [off] = pictures([dark, bright], { ...CONTRASTS[name], inversionTime: inversionTime / 2, field });
    expect(mean(off, -25)).toBeGreaterThan(0.2 * mean(off, 25));
  });
});

describe('diffusion', () => {
  test('gives back the coefficient within 3 percent', () => {
    const tissues: Tissue[] = ['greyMatter', 'liver'];
    const [map] = pictures(tissues, { ...CONTRASTS.DWI, acquired: [112, 112], adc: true, noise: 0.02 });
    tissues.forEach((tissue, n) => {
      expect(Math.abs(mean(map, n ? 25 : -25) / RELAXATION[tissue].adc - 1)).toBeLessThan(0.03);
    });
  });

  test('weakens free water more than tissue', () => {
    const [none, strong] = pictures(['csf', 'whiteMatter'], { ...CONTRASTS.DWI, acquired: [112, 112] });
    expect(mean(none, -25)).toBeGreaterThan(mean(none, 25));
    expect(mean(strong, -25)).toBeLessThan(mean(strong, 25));
  });
});

describe('noise', () => {
  const noisy: Partial<MrProtocol> = { noise: 3, acquired: [128, 128] };
  const empty = (protocol: Partial<MrProtocol>) => {
    const [values] = pictures(['water'], { ...noisy, ...protocol });
    return disk(values, 128, 16, 16, 12);
  };

  test('is Rician: where nothing is, its mean is 1.25 and its deviation 0.655 of the parts’ own', () => {
    const sigma = noiseOf({ ...ideal, ...noisy }, 160, 40);
    const { mean, deviation } = empty({});
    expect(Math.abs(mean / (sigma * Math.sqrt(Math.PI / 2)) - 1)).toBeLessThan(0.06);
    expect(Math.abs(deviation / (sigma * Math.sqrt(2 - Math.PI / 2)) - 1)).toBeLessThan(0.1);
  });

  test('falls with averages and field strength', () => {
    expect(Math.abs(empty({}).mean / empty({ averages: 4 }).mean / 2 - 1)).toBeLessThan(0.08);
    expect(Math.abs(empty({}).mean / empty({ field: 3 }).mean / 2 - 1)).toBeLessThan(0.08);
  });
});

describe('k-space', () => {
  test('cut short rings at borders, and a window stills it', () => {
    const ripple = (apodization: number) => {
      const [values] = pictures(['water'], { acquired: [64, 64], apodization });
      return disk(values, 128, 63.5, 63.5, 10 / PIXEL).deviation / mean(values, 0);
    };
    expect(ripple(0)).toBeGreaterThan(1.5 * ripple(1));
  });

  test('folds what lies beyond the field of view along phase, and oversampling keeps it away', () => {
    const body = phantom([ball('water', 0, 20), { ...ball('water', 0, 12), centre: [0, 100, 0] }]);
    const folded = (oversampling: number) => {
      const { frames } = acquireMr(body, { ...ideal, oversampling }, random(1));
      // 100 mm to the back is 60 mm to the front in a field of 160 mm.
      return disk(frames[0].values, 128, 63.5, 63.5 - 60 / PIXEL, 5).mean;
    };
    expect(folded(1)).toBeGreaterThan(100);
    expect(folded(2)).toBeLessThan(10);
  });

  test('moves fat along frequency by its shift over the bandwidth', () => {
    const centre = (tissue: Tissue) => {
      const [values] = pictures([tissue], { bandwidth: 50, acquired: [128, 128] });
      let [sum, weighted] = [0, 0];
      for (let at = 0; at < values.length; at++) {
        sum += values[at] ** 2;
        weighted += values[at] ** 2 * (at % 128);
      }
      return weighted / sum;
    };
    // 3.5 ppm of 63.9 MHz are 223.5 Hz.
    expect(Math.abs(centre('fat') - centre('water') - 223.5 / 50)).toBeLessThan(0.25);
  });

  test('ghosts along phase when the patient moves', () => {
    const ghost = (motion: number) => {
      const [values] = pictures(['water'], { motion });
      // Beside the ball along phase, and along frequency.
      return [disk(values, 128, 63.5, 20, 8).mean, disk(values, 128, 20, 63.5, 8).mean];
    };
    const [along, across] = ghost(1);
    expect(along).toBeGreaterThan(3 * across);
    expect(along).toBeGreaterThan(3 * ghost(0)[0]);
  });

  test('keeps an object where it is, whatever the matrix and the direction of phase', () => {
    for (const some of [
      { matrix: 128, acquired: [112, 96] },
      { matrix: 256, acquired: [96, 90] },
      { matrix: 192, acquired: [160, 150], oversampling: 1.4 },
    ] as const) {
      for (const phase of ['rows', 'columns'] as const) {
        const body = phantom([{ ...ball('water'), centre: [22, -14, 0], radius: 15 }]);
        const { frames, columns } = acquireMr(body, { ...ideal, ...some, phase }, random(1));
        let [sum, x, y] = [0, 0, 0];
        frames[0].values.forEach((value, at) => {
          sum += value ** 2;
          x += value ** 2 * (at % columns);
          y += value ** 2 * Math.floor(at / columns);
        });
        const mm = (share: number) => ((share - (columns - 1) / 2) * 160) / columns;
        expect(Math.abs(mm(x / sum) - 22)).toBeLessThan(1);
        expect(Math.abs(mm(y / sum) + 14)).toBeLessThan(1);
      }
    }
  });
});

describe('the field beside air', () => {
  const cavity = { tissue: 'air', centre: [0, 0, 0], radius: 24 } as const;
  const around = { ...ball('water', 0, 110), length: 200 };
  const body = phantom([around, cavity]);
  const without = phantom([around]);

  test('is that of a dipole around a ball', () => {
    const [hollow, full] = [fieldOf(body), fieldOf(without)];
    const ppm = (x: number, y: number, z: number) =>
      1e6 * (fieldAt(hollow, x, y, z) - fieldAt(full, x, y, z));
    // Δχ/3 · (a/r)³ · (3 cos² − 1), the ball having 9.41 ppm more than what is around it.
    const wanted = (9.41 / 3) * (24 / 40) ** 3;
    expect(Math.abs(ppm(40, 0, 0) / -wanted - 1)).toBeLessThan(0.15);
    expect(Math.abs(ppm(0, 40, 0) / -wanted - 1)).toBeLessThan(0.15);
    expect(Math.abs(ppm(0, 0, 40) / (2 * wanted) - 1)).toBeLessThan(0.15);
  });

  test('is even where the shim can make it so: the field of a cavity is left, that of an ellipsoid is not', () => {
    const egg = phantom([{ tissue: 'water', centre: [0, 0, 0], radius: 90, length: 200 }]);
    const spread = (some: ReturnType<typeof phantom>, shim: boolean) => {
      const field = shim ? shimmed(fieldOf(some)) : fieldOf(some);
      const values = [30, 45, 60].flatMap((r) => [fieldAt(field, 0, 0, r), fieldAt(field, 0, r, 0)]);
      return 1e6 * (Math.max(...values) - Math.min(...values));
    };
    expect(Math.abs(1e6 * fieldAt(fieldOf(egg), 0, 0, 0))).toBeGreaterThan(0.3);
    expect(Math.abs(1e6 * fieldAt(shimmed(fieldOf(egg)), 0, 0, 0))).toBeLessThan(0.1);
    expect(spread(body, true)).toBeGreaterThan(0.5);
  });
});

describe('an echo train', () => {
  const train: Partial<MrProtocol> = {
    ...CONTRASTS.DWI,
    acquired: [128, 128],
    partialFourier: 1,
    bValues: [0],
  };
  const moment = (values: Float32Array) => {
    let [sum, x, y] = [0, 0, 0];
    values.forEach((value, at) => {
      sum += value ** 2;
      x += value ** 2 * (at % 128);
      y += value ** 2 * Math.floor(at / 128);
    });
    return [x / sum, y / sum];
  };

  test('moves fat along phase by its shift over the bandwidth of a line, and not along frequency', () => {
    const place = (tissue: Tissue) => moment(pictures([tissue], { ...train, fat: 1, bandwidth: 3000 })[0]);
    const [[fatX, fatY], [waterX, waterY]] = [place('fat'), place('water')];
    // The field of the phantom itself moves both alike. 223.5 Hz; 128 lines at 3,000 Hz, every second of which is measured, leave 46.9 Hz a pixel.
    expect(Math.abs(fatY - waterY - 223.5 / (3000 / 64))).toBeLessThan(0.4);
    expect(Math.abs(fatX - waterX)).toBeLessThan(0.1);
  });

  const cavity = { tissue: 'air', centre: [0, 0, 0], radius: 14 } as const;
  const hollow = phantom([ball('greyMatter', 0, 60), cavity]);
  const picture = (some: Partial<MrProtocol>) =>
    acquireMr(hollow, { ...ideal, ...train, ...some }, random(1)).frames[0].values;
  const ring = (values: Float32Array) => {
    const places = Array.from({ length: 48 }, (_, n) => (2 * Math.PI * n) / 48);
    const at = (r: number) =>
      places.map((turn) => {
        const [x, y] = [63.5 + (r * Math.cos(turn)) / PIXEL, 63.5 + (r * Math.sin(turn)) / PIXEL];
        return disk(values, 128, x, y, 1.5).mean;
      });
    return { near: Math.max(...at(17), ...at(20), ...at(23)), far: disk(values, 128, 63.5, 36, 4).mean };
  };

  test('piles signal up beside air, more at 3 T, and not when it is fast', () => {
    const pile = (some: Partial<MrProtocol>) => {
      const { near, far } = ring(picture({ bandwidth: 4000, ...some }));
      return near / far;
    };
    expect(pile({ field: 3 })).toBeGreaterThan(1.35);
    expect(pile({ field: 3 })).toBeGreaterThan(pile({ field: 1.5 }) + 0.1);
    expect(pile({ field: 3, bandwidth: 1e6 })).toBeLessThan(1.2);
  });

  test('keeps the sum of the signal', () => {
    const total = (some: Partial<MrProtocol>) =>
      picture({ field: 3, apodization: 1, ...some }).reduce((sum, value) => sum + value, 0);
    expect(Math.abs(total({}) / total({ bandwidth: 1e6 }) - 1)).toBeLessThan(0.04);
  });

  test('leaves faint ghosts half a field of view away along phase, and only there', () => {
    // In the upper quarter of the field, so that its ghost lies in the lower one.
    const body = phantom([{ ...ball('water'), centre: [0, -40, 0], radius: 15 }]);
    const share = (sequence: 'DWI' | 'SE') => {
      const { frames } = acquireMr(body, { ...ideal, ...train, sequence, bandwidth: 1e5 }, random(1));
      const at = (x: number, y: number) =>
        disk(frames[0].values, 128, 63.5 + x / PIXEL, 63.5 + y / PIXEL, 6).mean;
      return [at(0, 40) / at(0, -40), at(60, 0) / at(0, -40)];
    };
    const [ghost, beside] = share('DWI');
    expect(ghost).toBeGreaterThan(0.008);
    expect(ghost).toBeLessThan(0.05);
    expect(beside).toBeLessThan(0.25 * ghost);
    expect(share('SE')[0]).toBeLessThan(0.25 * ghost);
  });
});

test('a surface coil sees the back brighter than the front', () => {
  const body = phantom([{ tissue: 'muscle', centre: [0, 0, 0], radius: 100, length: 60 }]);
  const { frames } = acquireMr(body, { ...ideal, fieldOfView: 220, coil: 'surface' }, random(1));
  const at = (mm: number) => disk(frames[0].values, 128, 63.5, 63.5 + (mm * 128) / 220, 4).mean;
  expect(at(80)).toBeGreaterThan(2.5 * at(-40));
});

test.each([
  ['axial', [1, 0, 0], [0, 1, 0]],
  ['coronal', [1, 0, 0], [0, 0, -1]],
  ['sagittal', [0, 1, 0], [0, 0, -1]],
] as const)('%s pictures say their directions and lie around the body', (orientation, row, column) => {
  const body = phantom([ball('water', 10)]);
  const { frames, ...series } = acquireMr(
    body,
    { ...ideal, centre: null, orientation, slices: 3 },
    random(1),
  );
  expect(series.orientation).toEqual([row, column]);
  expect(frames).toHaveLength(3);
  expect(Math.max(...frames[1].values)).toBeGreaterThan(100);
});

test('the same seed gives the same series, another one another', () => {
  const noisy = { noise: 2, motion: 0.5 };
  expect(pictures(['liver'], noisy, 4)).toEqual(pictures(['liver'], noisy, 4));
  expect(pictures(['liver'], noisy, 4)).not.toEqual(pictures(['liver'], noisy, 5));
});

test('a coil sees no end of a body that goes on, as a neck does, but the top of a head', () => {
  const long = { ...ball('water', 0, 40), length: 200 };
  const at = (region: 'neck' | 'head', mm: number) => {
    const { frames } = acquireMr(
      phantom([long], region),
      { ...ideal, fieldOfView: 240, orientation: 'coronal' },
      random(1),
    );
    return disk(frames[0].values, 128, 63.5, 63.5 - (mm * 128) / 240, 2).mean;
  };
  expect(at('neck', 96)).toBeLessThan(0.25 * at('neck', 0));
  expect(at('neck', -96)).toBeLessThan(0.25 * at('neck', 0));
  expect(at('head', -96)).toBeLessThan(0.25 * at('head', 0));
  expect(at('head', 96)).toBeGreaterThan(0.7 * at('head', 0));
});
