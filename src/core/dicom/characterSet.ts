/** Text in the character set that a data set names (PS3.3 C.12.1.1.2), as far as the platform decodes it. */

/** Defined terms, by the label that the Encoding Standard has for them. */
const LABELS: Readonly<Record<string, string>> = {
  'ISO_IR 6': 'utf-8',
  'ISO_IR 100': 'iso-8859-1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  'ISO 2022 IR 87': 'iso-2022-jp',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb18030',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/**
 * UTF-8 where the bytes are, whatever is named: many writers name nothing or the wrong set. Else the set that is named last
 * (with code extensions, that of the text), else Latin-1.
 * @param named Specific Character Set (0008,0005), values apart by backslashes
 */
export function decodeText(value: Uint8Array, named: string): string {
  const last = (named.split('\\').at(-1) ?? '').trim();
  const label = LABELS[last] ?? LABELS[last.replace('ISO 2022 ', 'ISO_')] ?? 'iso-8859-1';
  // The escape sequences of ISO 2022 are ASCII, and valid UTF-8.
  if (label !== 'iso-2022-jp')
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(value);
    } catch {
      // Not UTF-8.
    }
  return new TextDecoder(label).decode(value);
}
