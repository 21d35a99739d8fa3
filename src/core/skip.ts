/** Skipped files and frames: the reason and the next step. */

/**
 * Why a file or a frame was not ingested. The failure of one item is a value, not an exception.
 * `next` is the step that would make it usable, or says that nothing needs doing.
 */
export const SKIP_CODES = {
  blank: {
    reason: 'Every pixel has the same value.',
    next: 'Nothing to do: a blank slice carries no information.',
  },
  'not-an-image': {
    reason: 'Not an image in a format this app reads.',
    next: 'Nothing to do, unless you expected an image here.',
  },
  'dicom-no-pixels': {
    reason: 'Not an image: a report, a contour set or the like.',
    next: 'Nothing to do.',
  },
  'transfer-syntax': {
    reason: 'Compressed in a way this app cannot decode.',
    next: 'Convert it to an uncompressed transfer syntax, e.g. with dcmdjpeg or gdcmconv --raw.',
  },
  'pixel-layout': {
    reason: 'A pixel layout this app cannot decode.',
    next: 'Export it again as 8 or 16 bit grayscale.',
  },
  'two-files': {
    reason: 'One of the two files of an image (.hdr and .img, .nhdr and .raw); the other is not beside it.',
    next: 'Drop both together, from one folder and under one name.',
  },
  truncated: { reason: 'The file ends before its pixels do.', next: 'Copy it again from its source.' },
  malformed: {
    reason: 'The file is damaged or breaks its format’s rules.',
    next: 'Copy it again from its source.',
  },
  'too-large': {
    reason: 'Larger than the limits that keep this app stable.',
    next: 'Split it, or export fewer frames.',
  },
  timeout: {
    reason: 'Decoding took too long and was stopped.',
    next: 'Export it again in another encoding.',
  },
  encrypted: { reason: 'Encrypted or password protected.', next: 'Unpack it first, then drop the contents.' },
  archive: {
    reason: 'An archive this app cannot open.',
    next: 'Unpack it first, then drop the contents.',
  },
  unreadable: {
    reason: 'The browser could not read the file.',
    next: 'Check that it still exists and may be read, then drop it again.',
  },
  empty: { reason: 'The file is empty.', next: 'Copy it again from its source.' },
} as const;

export type SkipCode = keyof typeof SKIP_CODES;

/** One skipped file or frame. `detail` is our own safe text (sizes, syntax names). */
export type Skip = { code: SkipCode; detail?: string; frame?: number };

/** The sentence shown for a skip. */
export function skipReason(skip: Skip): string {
  const { reason } = SKIP_CODES[skip.code];
  return skip.detail ? `${reason} (${skip.detail})` : reason;
}

export function isSkip(value: object): value is Skip {
  return 'code' in value;
}
