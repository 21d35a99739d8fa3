/** The libraries shipped with the app, with their licences. */
export const LIBRARIES: readonly { name: string; licence: string }[] = [
  { name: 'CharLS and OpenJPEG (Cornerstone codecs)', licence: 'MIT, BSD' },
  { name: 'dicom-parser', licence: 'MIT' },
  { name: 'fflate', licence: 'MIT' },
  { name: 'idb', licence: 'ISC' },
  { name: 'Marked', licence: 'MIT' },
  { name: 'React', licence: 'MIT' },
  { name: 'Recharts', licence: 'MIT' },
  { name: 'TanStack Virtual', licence: 'MIT' },
  { name: 'TensorFlow.js', licence: 'Apache-2.0' },
  { name: 'Workbox', licence: 'MIT' },
  { name: 'Zustand', licence: 'MIT' },
];
