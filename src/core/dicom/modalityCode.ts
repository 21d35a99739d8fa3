/**
 * The codes of DICOM's Modality (0008,0060) that may be kept and shown: its defined terms, retired ones included
 * (PS3.3 C.7.3.1.1.1). The element takes any text of 16 characters, so what is none of them could name a person.
 */
const CURRENT =
  'ANN AR ASMT AU BDUS BI BMD CFM CR CT CTPROTOCOL DG DMS DOC DX ECG EEG EMG EOG EPS ES FID GM HC HD IO IOL IVOCT ' +
  'IVUS KER KO LEN LS M3D MG MR NM OAM OCT OP OPM OPT OPTBSV OPTENF OPV OSS OT PA PLAN POS PR PT PX REG RESP RF RG ' +
  'RTDOSE RTIMAGE RTINTENT RTPLAN RTRAD RTRECORD RTSEGANN RTSTRUCT RWV SEG SM SMR SR SRF STAIN TEXTUREMAP TG US VA ' +
  'XA XAPROTOCOL XC';
const RETIRED = 'AS CD CF CP CS DD DF DM DS EC FA FS LP MA MS OPR ST VF';

const CODES: ReadonlySet<string> = new Set(`${CURRENT} ${RETIRED}`.split(' '));

/** Stands for whatever else is written there. In small letters: no code string is (PS3.5 6.2, CS). */
export const UNLISTED = 'unlisted';

export function isModalityCode(code: string): boolean {
  return CODES.has(code);
}

/** @returns a defined term, UNLISTED, or null where nothing is written */
export function modalityCode(written: string): string | null {
  const code = written.trim().toUpperCase();
  if (code === '') return null;
  return CODES.has(code) ? code : UNLISTED;
}
