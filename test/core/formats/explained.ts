/** Generated files in which a reader sees another picture than ours: each kind with its reason. */

type Kind = {
  /** What the case's name has in it. */
  named: RegExp;
  reader: string;
  /** Another reader must see our picture. */
  agreed: boolean;
  reason: string;
};

const KINDS: readonly Kind[] = [
  {
    named: /^dicom .*\/8,.*, big,.* OW\b/,
    reader: 'pydicom',
    agreed: true,
    reason: 'pydicom 2.3 is older than its mending of 8 bits in big endian words (pydicom#1687).',
  },
  {
    named: /^dicom .*\/32.*, big,/,
    reader: 'pydicom',
    agreed: true,
    reason:
      'pydicom swaps all four bytes; OW are words of 16 bits, each of which is swapped (PS3.5 6.2, 8.1.1).',
  },
  {
    named: /^dicom .*RGB.*, jpeg-ls, planar/,
    reader: 'gdcm',
    agreed: true,
    reason: 'gdcm takes Planar Configuration for the order in its own JPEG-LS stream, which says otherwise.',
  },
  {
    named: /^dicom .*RGB.*, jpeg-ls, planar/,
    reader: 'pydicom',
    agreed: true,
    reason: 'pydicom decodes JPEG-LS by gdcm.',
  },
];

/** @param agreed whether another reader sees our picture */
export function explanationOf(name: string, reader: string, agreed: boolean): string | null {
  const kind = KINDS.find((one) => one.reader === reader && one.named.test(name) && (agreed || !one.agreed));
  return kind?.reason ?? null;
}
