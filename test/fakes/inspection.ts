/** Slices to look at, drawn: CT with its original, every third slice without, one that can't be read. */

import type { Inspection, InspectTarget, Missing, State } from '../../src/app/state.ts';
import { plainFacts } from '../../src/core/formats/frames.ts';
import { histogram } from '../../src/core/image/histogram.ts';
import { preprocessor } from '../../src/core/image/slice.ts';
import type { Window } from '../../src/core/image/window.ts';
import type { HeaderNode, HeaderTree } from '../../src/core/inspect/header/tree.ts';
import type { RawImage } from '../../src/core/inspect/service.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { SKIP_CODES } from '../../src/core/skip.ts';
import { phantom } from '../builders/phantom.ts';

const SIDE = 320;
const SERIES = 24;

/** Every fourth slice's file names them. */
const OWN: Window[] = [
  { centre: 60, width: 300, shape: 'linear' },
  { centre: -500, width: 1400, shape: 'sigmoid' },
];

/** Series of SERIES slices, one after the other. */
export function fakeStack(target: InspectTarget): InspectTarget[] {
  return Array.from({ length: SERIES }, (_, i): InspectTarget => {
    if (target.kind === 'classified') return { ...target, at: i };
    return { ...target, row: target.row - (target.row % SERIES) + i };
  });
}

export function fakeInspection(state: State, target: InspectTarget): Inspection {
  const number = target.kind === 'stored' ? target.row : target.at;
  const raw = rawImage(number);
  const has = number % 3 !== 2;
  const stored = target.kind === 'stored';
  return {
    raw: has ? raw : null,
    missing: has ? null : missingOf(target),
    damaged: false,
    slice: has || stored ? raw.slice : null,
    facts: raw.facts,
    label: stored ? 'CT' : null,
    source: stored ? 'tag' : null,
    dataset: stored ? (state.datasets[0]?.name ?? null) : null,
    excluded: false,
    frame: 0,
    instanceNumber: (number % SERIES) + 1,
    verdict: stored
      ? null
      : { predicted: 'CT', probabilities: [0.93, 0.04, 0.02, 0.01], labelSet: DEFAULT_SET },
  };
}

function missingOf({ kind }: InspectTarget): Missing {
  if (kind === 'classified') return SKIP_CODES.truncated;
  return {
    reason: 'The original file is not at hand.',
    next: 'Drop the folder again to see the original; the stored 224×224 slice is shown.',
  };
}

const element = (tag: string, name: string, vr: string, value: string): HeaderNode => ({
  kind: 'element',
  tag,
  name,
  vr,
  bytes: value.length + (value.length % 2),
  value,
  children: [],
});

/** A header of nobody; what it has of the slice is its number. */
export function fakeHeader(target: InspectTarget): HeaderTree | Missing {
  const number = target.kind === 'stored' ? target.row : target.at;
  if (number % 3 === 2) return missingOf(target);
  const item = (at: number, children: HeaderNode[]): HeaderNode => ({
    ...element('', `Item ${at}`, '', `${children.length} elements`),
    kind: 'item',
    children,
  });
  return {
    left: number % 4 === 3 ? 'unreadable' : 'nothing',
    nodes: [
      element('(0008,0005)', 'Specific Character Set', 'CS', 'ISO_IR 100'),
      element('(0008,0060)', 'Modality', 'CS', 'CT'),
      element('(0008,103E)', 'Series Description', 'LO', 'Thorax 5.0'),
      {
        ...element('(0008,1140)', 'Referenced Image Sequence', 'SQ', '2 items'),
        bytes: null,
        children: [1, 2].map((at) =>
          item(at, [
            element('(0008,1150)', 'Referenced SOP Class UID', 'UI', '1.2.840.10008.5.1.4.1.1.2'),
            element('(0008,1155)', 'Referenced SOP Instance UID', 'UI', `1.2.3.${at}`),
          ]),
        ),
      },
      element('(0010,0010)', "Patient's Name", 'PN', 'Nobody^At^All'),
      element('(0010,21B0)', 'Additional Patient History', 'LT', 'no history, '.repeat(30).trim()),
      ...Array.from({ length: 60 }, (_, i) =>
        element(`(0018,${(0x1100 + i).toString(16).toUpperCase()})`, 'Made-up Element', 'DS', String(i)),
      ),
      element('(0020,0013)', 'Instance Number', 'IS', String(number)),
      element('(7FE0,0010)', 'Pixel Data', 'OW', 'pixels, 204,800 bytes'),
      {
        ...element('', 'Private: MAKER 1.0', '', '2 elements'),
        kind: 'creator',
        children: [
          element('(0019,0010)', 'Private Creator', 'LO', 'MAKER 1.0'),
          element('(0019,100A)', 'Private element', 'OB', '11,264 bytes'),
        ],
      },
    ],
  };
}

/** A CT image of values from −1024 on. */
export function rawImage(seed: number): RawImage {
  const values = Int16Array.from(phantom('CT', seed, SIDE), (gray) => gray * 8);
  const frame = { index: 0, rows: SIDE, columns: SIDE, values, instanceNumber: null };
  const scale = { slope: 1, intercept: -1024 };
  const slice = preprocessor(false)({ ...frame, ...scale });
  return {
    ...frame,
    ...scale,
    padding: null,
    inverted: false,
    range: { low: -1024, high: 3071 },
    histogram: histogram({ ...frame, ...scale }),
    windows: seed % 4 === 3 ? OWN : [],
    frames: 1,
    facts: {
      ...plainFacts('dicom', {
        rows: SIDE,
        columns: SIDE,
        bits: 12,
        signed: false,
        photometric: 'MONOCHROME2',
      }),
      modalityTag: 'CT',
      transferSyntax: '1.2.840.10008.1.2.4.90',
      imageType: seed % 5 === 0 ? 'localizer' : 'original',
      burnedInRisk: false,
    },
    slice: slice instanceof Uint8Array ? slice : null,
  };
}
