/** Numbers as people read them: thousands separators, one decimal for accuracies, a thin space before units. */

const THIN = '\u202f';
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const upToOneDecimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const date = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const wholeDate = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** "12,340". */
export function count(n: number): string {
  return whole.format(n);
}

/** "1 slice", "12,340 slices". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** Share 0–1 → "94.2 %". Never rounds to 0 or 100 % unless exact. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return `<0.1${THIN}%`;
  if (share < 1 && share >= 0.9995) return `>99.9${THIN}%`;
  return `${oneDecimal.format(share * 100)}${THIN}%`;
}

/** Share 0–1 → "94.2", for the lower end of a range. */
export function tenths(share: number): string {
  return oneDecimal.format(share * 100);
}

/** Share 0–1 → "94 %", for where n or space is too small for a decimal. */
export function roughPercent(share: number): string {
  if (share > 0 && share < 0.005) return `<1${THIN}%`;
  if (share < 1 && share > 0.995) return `>99${THIN}%`;
  return `${whole.format(share * 100)}${THIN}%`;
}

/** Share 0–1 → "90 %", "92.5 %": along an axis, where steps may be halves. */
export function tickPercent(share: number): string {
  return `${upToOneDecimal.format(share * 100)}${THIN}%`;
}

/** "620 MB"; decimal units, as disks and browsers count. */
export function bytes(n: number): string {
  if (n >= 1e9) return `${oneDecimal.format(n / 1e9)} GB`;
  if (n >= 1e6) return `${whole.format(n / 1e6)} MB`;
  return `${whole.format(Math.ceil(n / 1e3))} kB`;
}

/** "0.4 s", "14 s", "3 min 20 s", "1 h 05 min". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${oneDecimal.format(seconds)} s`;
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, '0')} s`;
  const minutes = Math.round(s / 60);
  return `${count(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Time left, without tenths: it is an estimate. */
export function remaining(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)} s` : duration(seconds);
}

/** A rate per second: "310", "7.4". */
export function rate(n: number): string {
  return n >= 100 ? whole.format(n) : oneDecimal.format(n);
}

/** A loss: "0.412". */
export function loss(value: number): string {
  return value >= 100 ? whole.format(value) : value.toFixed(3);
}

/** A learning rate: "0.05", "0.00012", "3.2e-7". */
export function learningRate(value: number): string {
  if (value === 0) return '0';
  return value >= 1e-5 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}

/** "23 Nov, 22:40". */
export function moment(ms: number): string {
  return date.format(ms);
}

/** "23 Nov 2026, 14:05", where the year is not obvious. */
export function dated(ms: number): string {
  return wholeDate.format(ms);
}
