/** Simulated patients: the variation between bodies. */
import { random } from '../random.ts';

export type Sex = 'F' | 'M';
export type Posture = { lie: 'supine' | 'prone' | 'upright'; arms: 'up' | 'down' };

/** Possible findings of a body, each in the regions where it occurs. */
export const PATHOLOGIES = ['nodule', 'effusion', 'fracture', 'lesion', 'prosthesis', 'stone'] as const;
export type Pathology = (typeof PATHOLOGIES)[number];

export type Patient = {
  /** It decides all properties that have no field here. */
  seed: number;
  sex: Sex;
  /** Years. */
  age: number;
  heightMm: number;
  weightKg: number;
  /** Side of a limb or breast. */
  side: 'left' | 'right';
  posture: Posture;
  pathologies: readonly Pathology[];
  /** Thickness of the breast between paddles, mm; null: it hangs or lies free. */
  compressedMm: number | null;
  /** Direction of compression: from above, or oblique with the chest muscle in the picture. From above if absent. */
  paddle?: 'CC' | 'MLO';
};

/** A patient of a seed. Adults: heights and weights about ICRP 89's reference values (176 cm, 73 kg; 163 cm, 60 kg). */
export function makePatient(seed: number): Patient {
  const dice = random(seed, 1);
  const sex: Sex = dice.uniform() < 0.5 ? 'F' : 'M';
  const age = Math.round(20 + 68 * dice.uniform() ** 0.8);
  const mean = sex === 'F' ? 1630 : 1760;
  const heightMm = Math.round(Math.max(mean - 170, Math.min(mean + 170, mean + 65 * dice.normal())));
  // Body-mass index is skewed: most values are between 20 and 30, few are above 35.
  const index = Math.max(18, Math.min(38, 25 * Math.exp(0.16 * dice.normal()) + (age - 50) * 0.03));
  const weightKg = Math.round(index * (heightMm / 1000) ** 2 * 10) / 10;
  const pathologies = PATHOLOGIES.filter(() => dice.uniform() < 0.16);
  return {
    seed,
    sex,
    age,
    heightMm,
    weightKg,
    side: dice.uniform() < 0.5 ? 'left' : 'right',
    posture: { lie: 'supine', arms: 'up' },
    pathologies,
    compressedMm: null,
  };
}

/** kg/m². */
export function bodyMassIndex(patient: Patient): number {
  return patient.weightKg / (patient.heightMm / 1000) ** 2;
}
