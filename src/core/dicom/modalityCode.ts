/**
 * The codes of DICOM's Modality (0008,0060) that may be kept and shown: its defined terms, retired ones included
 * (PS3.3 C.7.3.1.1.1). The element takes any text of 16 characters, so another value could name a person.
 */
const CURRENT =
  'ANN AR ASMT AU BDUS BI BMD CFM CR CT CTPROTOCOL DG DMS DOC DX ECG EEG EMG EOG EPS ES FID GM HC HD IO IOL IVOCT ' +
  'IVUS KER KO LEN LS M3D MG MR NM OAM OCT OP OPM OPT OPTBSV OPTENF OPV OSS OT PA PLAN POS PR PT PX REG RESP RF RG ' +
  'RTDOSE RTIMAGE RTINTENT RTPLAN RTRAD RTRECORD RTSEGANN RTSTRUCT RWV SEG SM SMR SR SRF STAIN TEXTUREMAP TG US VA ' +
  'XA XAPROTOCOL XC';
const RETIRED = 'AS CD CF CP CS DD DF DM DS EC FA FS LP MA MS OPR ST VF';

const CODES: ReadonlySet<string> = new Set(`${CURRENT} ${RETIRED}`.split(' '));

/** Stands for any other value. In lower case, as no code string is (PS3.5 6.2, CS). */
export const UNLISTED = 'unlisted';

export function isModalityCode(code: string): boolean {
  return CODES.has(code);
}

/**
 * The element has one value. If a file has several (a study's list, written into the series), each different one is
 * kept: dcmtk takes the first and pydicom all, and one of them alone would hide the others.
 * @returns a defined term, several with backslashes between, UNLISTED, or null if the element is empty
 */
export function modalityCode(written: string): string | null {
  const codes = written
    .split('\\')
    .map((value) => value.trim().toUpperCase())
    .filter((code) => code !== '');
  if (codes.length === 0) return null;
  return codes.every(isModalityCode) ? [...new Set(codes)].join('\\') : UNLISTED;
}

/** Splits a result of `modalityCode` into its terms. */
export function termsOf(code: string): string[] {
  return code.split('\\');
}
