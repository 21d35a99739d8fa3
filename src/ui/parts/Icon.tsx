/** Line icons on a 20×20 grid, drawn in the colour of the text beside them. */
import styles from './Icon.module.css';

const PATHS = {
  data: 'M3 5.5C3 4.1 6.1 3 10 3s7 1.1 7 2.5S13.9 8 10 8 3 6.9 3 5.5Zm0 0v9C3 15.9 6.1 17 10 17s7-1.1 7-2.5v-9M3 10c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5',
  label: 'M3 4.500h7.500L17 10l-6.500 5.500H3zM6.500 10v.1',
  train: 'M3 3v14h14M6 13c2-6 4-1 6-5s2.5-3 4-3.5',
  results: 'M3 3h14v14H3zM10 3v14M3 10h14',
  classify: 'M3 6V3h3M14 3h3v3M17 14v3h-3M6 17H3v-3M7 10.500l2 2 4-5',
  lessons:
    'M10 5.500C8 4 5 3.700 2.500 4v11.500c2.500-.3 5.500 0 7.500 1.500 2-1.500 5-1.800 7.500-1.500V4C15 3.700 12 4 10 5.500Zm0 0V17',
  settings:
    'M10 7.200a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.600ZM10 2.500v2M10 15.500v2M2.5 10h2M15.5 10h2M4.7 4.700l1.4 1.400M13.9 13.900l1.4 1.400M4.7 15.300l1.4-1.400M13.9 6.100l1.4-1.4',
  close: 'M5 5l10 10M15 5L5 15',
  down: 'M5 8l5 5 5-5',
  up: 'M5 12l5-5 5 5',
  right: 'M8 5l5 5-5 5',
  left: 'M12 5l-5 5 5 5',
  folder: 'M2.5 15.500v-11h5l2 2h8v9z',
  file: 'M5 2.500h7l3.5 3.500v11.500H5zM12 2.500V6h3.5',
  drop: 'M10 3v9M6 8.500l4 4 4-4M3 13v4h14v-4',
  download: 'M10 3v9M6.5 9l3.5 3.500L13.5 9M4 16.500h12',
  shield: 'M10 2.500l6 2.200v4.800c0 3.8-2.5 6.7-6 8-3.5-1.3-6-4.2-6-8V4.700zM7.3 10l2 2 3.5-3.8',
  warning: 'M10 3l7.5 13.500h-15zM10 8v4M10 14v.5',
  trash: 'M3.5 5.500h13M8 5.500V3.500h4v2M5.5 5.500l.7 11h7.600l.7-11M8.5 8.500v5M11.5 8.500v5',
  play: 'M6 4l10 6-10 6z',
  pause: 'M6.5 4v12M13.5 4v12',
  stop: 'M5 5h10v10H5z',
  check: 'M4 10.500l4 4 8-9',
  plus: 'M10 4v12M4 10h12',
  info: 'M10 2.500a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM10 9v5M10 6v.5',
  differs: 'M4 7.500h12M4 12.500h12M13 4L7 16',
  grip: 'M7 4.500v.5M13 4.500v.5M7 9.800v.5M13 9.800v.5M7 15v.5M13 15v.5',
  undo: 'M7 4L3.500 7.500L7 11M4 7.500h7.500a4.500 4.500 0 0 1 0 9H8',
  redo: 'M13 4l3.500 3.500L13 11M16 7.500H8.500a4.500 4.500 0 0 0 0 9H12',
  light:
    'M10 6.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.300l1.4 1.400M14.3 14.300l1.4 1.400M4.3 15.700l1.4-1.400M14.3 5.700l1.4-1.4',
  dark: 'M16 12.200A6.8 6.8 0 0 1 7.8 4a6.8 6.8 0 1 0 8.2 8.200Z',
} as const;

export type IconName = keyof typeof PATHS;

/** Decorative: the text beside it must say the same. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className={styles.icon} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
