/**
 * A classification as one HTML page to print or hand on: totals, the table of series, the models, what the verdicts are
 * worth. Without scripts, requests and pictures, which can show a name; names of files and descriptions only if they are
 * asked for.
 */
import { assess, type Doubt } from '../classify/assess.ts';
import { isUnknown, type Judge, type JudgedSeries, seriesId } from '../classify/judge.ts';
import { ODDITIES } from '../classify/oddities.ts';
import { belowDrop } from '../classify/sourcePath.ts';
import { NO_GROUP, totalsOf } from '../classify/totals.ts';
import { storageClass } from '../dicom/storageClass.ts';
import { thresholdOf } from '../evaluate/unknown.ts';
import { DEFAULT_SET } from '../labels/sets/index.ts';
import { classIds } from '../train/labelSetOf.ts';
import type { ClassificationInput, ClassificationOptions } from './classification.ts';

type Input = Pick<ClassificationInput, 'files' | 'skipped' | 'series' | 'total'>;

export function classificationPage(input: Input, options: ClassificationOptions): string {
  const { series, total, files } = input;
  const of = series.length < total ? `${whole(series.length)} of ${whole(total)} series` : many(total);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Series and their modality</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Series and their modality</h1>
<p>${of} of ${whole(files)} files, ${escaped(daysOf(series))}. Modality Lab ${escaped(options.commit)}.
<strong>Not a medical device: for research and teaching only.</strong></p>
${totals(series, options)}
${table(series, options)}
${models(series, options)}
${skipped(input)}
${limits(options)}
</body>
</html>
`;
}

function totals(series: readonly JudgedSeries[], { rule }: ClassificationOptions): string {
  const sets = new Map(series.map(({ labelSet }) => [classIds(labelSet).join('\n'), labelSet]));
  const tables = [...(sets.size > 0 ? sets.values() : [DEFAULT_SET])].map((set) => {
    const own = series.filter(({ labelSet }) => classIds(labelSet).join('\n') === classIds(set).join('\n'));
    const rows = totalsOf(own, set, rule).map((one) => {
      const name = set.classes.find(({ id }) => id === one.id)?.name ?? GROUP_WORDS[one.id] ?? one.id;
      return `<tr><th scope="row">${escaped(name)}</th>${number(one.series)}${number(one.slices)}</tr>`;
    });
    return `<table class="small"><thead><tr><th>By image and tag</th><th class="n">Series</th><th class="n">Slices</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`;
  });
  return `<h2>Totals</h2>\n${tables.join('\n')}`;
}

const GROUP_WORDS: Readonly<Record<string, string>> = {
  [NO_GROUP.unknown]: 'unknown',
  [NO_GROUP.foreign]: 'none of the classes, by its header',
  [NO_GROUP.untold]: 'not told',
};

const DOUBT_WORDS: Readonly<Record<Doubt, string>> = {
  unknown: 'unknown',
  differs: 'tag and image disagree',
  unsure: 'unsure',
  'none-of-the-four': 'the header names none of the classes',
};

const NO_CLASS_WORDS: Readonly<Record<string, string>> = {
  unknown: 'unknown',
  'none-of-the-four': 'none of the classes',
};

function table(series: readonly JudgedSeries[], options: ClassificationOptions): string {
  const { fileNames, root, rule } = options;
  const rows = series.map((one) => {
    const { together, doubt } = assess(one, rule);
    const odd = one.oddities.map((oddity) => ODDITIES[oddity]);
    const remarks = [
      one.correction ? `reader: ${nameOf(one, one.correction.class) ?? 'none of the classes'}` : '',
      doubt ? DOUBT_WORDS[doubt] : '',
      ...odd,
    ].filter(Boolean);
    return `<tr${doubt === null ? '' : ' class="doubt"'}><td>${seriesId(one).slice(0, 8)}</td>${number(one.number)}${number(one.slices.length)}${number(lookedAt(one))}
<td>${verdict(one, options)}</td><td>${escaped(one.modality ?? 'none')}</td>
<td>${together ? `${escaped(nameOf(one, together.class) ?? '')} ${percent(together.probability)}` : (NO_CLASS_WORDS[doubt ?? ''] ?? '–')}</td>
<td>${escaped(storageClass(one.objectClass)?.name ?? '')}</td><td>${escaped(remarks.join('; '))}</td>${
      fileNames
        ? `<td>${escaped(one.description ?? '')}</td><td>${escaped(belowDrop(one.sourcePath, root))}</td>`
        : ''
    }</tr>`;
  });
  const names = fileNames ? '<th>Description</th><th>Found in</th>' : '';
  return `<h2>Series</h2>
<table><thead><tr><th>Id</th><th class="n">No.</th><th class="n">Slices</th><th class="n">Looked at</th><th>Image</th><th>DICOM tag</th><th>Both</th><th>Class of object</th><th>Remarks</th>${names}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`;
}

function verdict(one: JudgedSeries, { rule }: ClassificationOptions): string {
  if (one.verdict === null || one.probability === null) return 'not judged';
  const looks = `${escaped(nameOf(one, one.verdict) ?? '')} ${percent(one.probability)}`;
  return isUnknown(one, rule.coverage) ? `unknown (looks like ${looks})` : looks;
}

function models(series: readonly JudgedSeries[], { rule }: ClassificationOptions): string {
  const judges = new Map<string, { judge: Judge; one: JudgedSeries }>();
  for (const one of series)
    if (one.judge) judges.set(`${one.judge.title} ${one.judge.trained}`, { judge: one.judge, one });
  if (judges.size === 0) return '<h2>Model</h2>\n<p>None: the series are listed by their headers.</p>';
  const facts = [...judges.values()].map(({ judge, one }) => {
    const { calibration, unknown } = judge;
    const lines: [string, string][] = [
      ['Model', judge.title],
      ['Input', `${judge.inputSize} × ${judge.inputSize} pixels`],
      ['Trained', judge.trained],
      ['Weights', judge.weights ?? 'not recorded'],
      ['Tells apart', one.labelSet.classes.map(({ name }) => name).join(', ')],
      [
        'Calibration',
        calibration
          ? `temperature ${calibration.temperature.toFixed(2)}, correlation ${calibration.correlation.toFixed(2)}, fitted to ${whole(calibration.slices)} slices of ${whole(calibration.series)} series`
          : 'none: probabilities are those of the network',
      ],
      [
        'Unknown',
        unknown
          ? `stranger than ${thresholdOf(unknown.series, rule.coverage).toPrecision(3)}, which keeps ${percent(rule.coverage)} of known series`
          : 'this model cannot tell: anything gets one of its classes',
      ],
    ];
    return `<dl>${lines.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
  });
  return `<h2>Model</h2>\n${facts.join('\n')}`;
}

function skipped({ skipped: files }: Input): string {
  if (files.length === 0) return '';
  const counts = new Map<string, number>();
  for (const { reason } of files) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const rows = [...counts].sort((a, b) => b[1] - a[1]);
  return `<h2>Files without a series</h2>
<table class="small"><thead><tr><th class="n">Files</th><th>Reason</th></tr></thead><tbody>
${rows.map(([reason, n]) => `<tr>${number(n)}<td>${escaped(reason)}</td></tr>`).join('\n')}
</tbody></table>`;
}

function limits({ rule, fileNames }: ClassificationOptions): string {
  return `<h2>How to read this</h2>
<ul>
<li>Image: what the pixels look like to the model. Unknown: stranger to it than ${percent(rule.coverage)} of the known series it was tried on. It does not mean that the series is damaged.</li>
<li>Both: image and DICOM tag together by Bayes’ rule, where ${percent(rule.tagErrorRate)} of tags are taken to be wrong, and a tag of a class on a picture of none is such an error.</li>
<li>Disagree: the tag is then more likely wrong than right. A series that nothing is remarked of can still be wrong.</li>
<li>A probability is of the model’s classes alone, and as good as its calibration on what it was tried on.</li>
<li>${fileNames ? 'This page holds names of files and descriptions of series, which can name patients.' : 'This page holds no names of files and no descriptions of series. Id: a keyed code of the series.'}</li>
</ul>`;
}

function nameOf({ labelSet }: JudgedSeries, id: string | null): string | null {
  return labelSet.classes.find((one) => one.id === id)?.name ?? id;
}

function lookedAt({ slices }: JudgedSeries): number {
  return slices.filter(({ predicted }) => predicted !== null).length;
}

function daysOf(series: readonly JudgedSeries[]): string {
  const days = [...new Set(series.map(({ judgedAt }) => judgedAt.slice(0, 10)))].sort();
  return days.join(' to ') || 'nothing found';
}

function many(series: number): string {
  return `${whole(series)} series`;
}

function whole(value: number): string {
  return value.toLocaleString('en');
}

function number(value: number | null): string {
  return `<td class="n">${value === null ? '–' : whole(value)}</td>`;
}

function percent(share: number): string {
  const rounded = (share * 100).toFixed(1);
  return share < 1 && rounded === '100.0' ? '&gt;99.9 %' : `${rounded} %`;
}

/** Text of files in a page. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

const STYLE = `
body{margin:24px auto;max-width:1100px;padding:0 16px;font:13px/1.45 system-ui,sans-serif;color:#14181e;background:#fff}
h1{font-size:20px;margin:0 0 6px}h2{font-size:15px;margin:22px 0 6px}
table{border-collapse:collapse;width:100%}table.small{width:auto}
th,td{padding:3px 10px 3px 0;border-bottom:1px solid #dadfe6;text-align:left;vertical-align:top}
thead{display:table-header-group}thead th{border-bottom-color:#465061}
.n{text-align:right;font-variant-numeric:tabular-nums}
tr{break-inside:avoid}tr.doubt td{background:#fbf3d9;print-color-adjust:exact;-webkit-print-color-adjust:exact}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:0 0 12px}dt{color:#4a5362}dd{margin:0}
`;
