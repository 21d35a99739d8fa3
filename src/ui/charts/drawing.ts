/** A chart as a file to print: its SVG with every style written into it, on white, or the pixels of that. */

/** One column of a journal's page. */
const WIDTH_MM = 85;
const DOTS_PER_INCH = 300;
const MM_PER_INCH = 25.4;

/** What the styles of charts set; everything else stands in attributes. */
const STYLES = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'opacity'],
  ...['font-family', 'font-size', 'font-weight', 'text-anchor'],
];

/** Whatever the page's theme, the colours are those of the light one. */
export function standaloneSvg(chart: SVGSVGElement): string {
  const { width, height } = chart.getBoundingClientRect();
  const paper = document.createElement('div');
  Object.assign(paper.style, { colorScheme: 'only light', position: 'absolute', visibility: 'hidden' });
  const copy = chart.cloneNode(true) as SVGSVGElement;
  paper.append(copy);
  // Beside the chart, so that the same styles apply.
  chart.parentElement?.append(paper);
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    const computed = getComputedStyle(element);
    for (const name of STYLES) element.setAttribute(name, computed.getPropertyValue(name));
    element.removeAttribute('class');
  }
  paper.remove();
  const white = document.createElementNS(copy.namespaceURI, 'rect');
  for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill: '#fff' })) {
    white.setAttribute(name, value);
  }
  copy.prepend(white);
  copy.removeAttribute('aria-hidden');
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.setAttribute('width', `${WIDTH_MM}mm`);
  copy.setAttribute('height', `${(WIDTH_MM * height) / width}mm`);
  return new XMLSerializer().serializeToString(copy);
}

/** @returns pixels for printing at 300 per inch; null if the browser can't draw it */
export async function standalonePng(chart: SVGSVGElement): Promise<Blob | null> {
  const url = URL.createObjectURL(new Blob([standaloneSvg(chart)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { width, height } = chart.getBoundingClientRect();
    const pixels = Math.round((WIDTH_MM / MM_PER_INCH) * DOTS_PER_INCH);
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: pixels, height: Math.round((pixels * height) / width) });
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => {
      canvas.toBlob(done, 'image/png');
    });
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}
