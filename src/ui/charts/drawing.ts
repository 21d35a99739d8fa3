/** A chart as a file to print: its SVG with every style written into it, on white, or the pixels of that. */

export const DOTS_PER_INCH = 300;
const MM_PER_INCH = 25.4;

/** What the styles of charts set; everything else stands in attributes. */
const STYLES = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray'],
  ...['stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor'],
];
/** What only a page has a use for. */
const OF_A_PAGE = ['class', 'style', 'tabindex', 'role', 'aria-label', 'aria-hidden', 'focusable'];
/** Where the pointer or the keys are. */
const OF_THE_POINTER = '.recharts-tooltip-cursor, .recharts-active-dot, [data-pointer]';

/**
 * Whatever the page's theme, the colours are those of the light one.
 * @param drawn an element with one SVG, or with several, which keep their places
 */
export function standaloneSvg(drawn: HTMLElement, mm: number): string {
  const { left, top, width, height } = extentOf(drawn);
  const root = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  setAll(root, {
    viewBox: `0 0 ${width} ${height}`,
    width: `${mm}mm`,
    height: `${((mm * height) / width).toFixed(2)}mm`,
    role: 'img',
  });
  const title = document.createElementNS(root.namespaceURI, 'title');
  title.textContent = drawn.querySelector('figure')?.getAttribute('aria-label') ?? '';
  const white = document.createElementNS(root.namespaceURI, 'rect');
  setAll(white, { width: '100%', height: '100%', fill: '#fff' });
  root.append(title, white);
  for (const chart of chartsIn(drawn)) {
    const place = chart.getBoundingClientRect();
    const copy = styled(chart);
    setAll(copy, { x: place.left - left, y: place.top - top, width: place.width, height: place.height });
    root.append(copy);
  }
  return new XMLSerializer().serializeToString(root);
}

/** @returns pixels for printing at 300 per inch; null if the browser can't draw it */
export async function standalonePng(drawn: HTMLElement, mm: number): Promise<Blob | null> {
  const url = URL.createObjectURL(new Blob([standaloneSvg(drawn, mm)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { width, height } = extentOf(drawn);
    const pixels = Math.round((mm / MM_PER_INCH) * DOTS_PER_INCH);
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

/** The outermost SVGs. */
function chartsIn(drawn: HTMLElement): SVGSVGElement[] {
  return [...drawn.querySelectorAll('svg')].filter((svg) => !svg.parentElement?.closest('svg'));
}

function extentOf(drawn: HTMLElement) {
  const places = chartsIn(drawn).map((chart) => chart.getBoundingClientRect());
  const [left, top] = [
    Math.min(...places.map((place) => place.left)),
    Math.min(...places.map((place) => place.top)),
  ];
  const width = Math.max(...places.map(({ right }) => right)) - left;
  const height = Math.max(...places.map(({ bottom }) => bottom)) - top;
  return { left, top, width, height };
}

/** A copy whose styles of the light theme stand in its attributes. */
function styled(chart: SVGSVGElement): SVGSVGElement {
  const paper = document.createElement('div');
  Object.assign(paper.style, {
    colorScheme: 'only light',
    forcedColorAdjust: 'none',
    position: 'absolute',
    visibility: 'hidden',
  });
  const copy = chart.cloneNode(true) as SVGSVGElement;
  for (const element of copy.querySelectorAll(OF_THE_POINTER)) element.remove();
  paper.append(copy);
  // Beside the chart, so that the same styles apply.
  chart.parentElement?.append(paper);
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    const computed = getComputedStyle(element);
    for (const name of STYLES) element.setAttribute(name, computed.getPropertyValue(name));
    for (const name of OF_A_PAGE) element.removeAttribute(name);
    for (const { name } of [...element.attributes])
      if (name.startsWith('data-')) element.removeAttribute(name);
  }
  paper.remove();
  return copy;
}

function setAll(element: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
