/** Remarks on files that were read: unlike a skip, a remark loses no data. */

/** `next` is the user's next step, or says that nothing needs doing. */
export const REMARK_CODES = {
  'no-label': {
    reason: 'No modality in the file or its folder.',
    next: 'Kept without a label and left out of training.',
  },
  'other-modality': {
    reason: 'Its DICOM Modality stands for no class of this project.',
    next: 'Kept without a label and left out of training. Settings decide which Modality means which label.',
  },
  'folder-differs': {
    reason: 'It lies in a folder named after a class, but its DICOM Modality says something else.',
    next: 'The Modality was followed. Settings decide which Modality means which label.',
  },
  description: {
    reason: 'A description of datasets, or a disk’s directory: read for its content, not an image.',
    next: 'Nothing to do.',
  },
} as const;

export type RemarkCode = keyof typeof REMARK_CODES;

/** `detail` is our own safe text. */
export type Remark = { code: RemarkCode; detail?: string };

/** The sentence shown for a remark. */
export function remarkReason({ code, detail }: Remark): string {
  const { reason } = REMARK_CODES[code];
  return detail ? `${reason} (${detail})` : reason;
}
