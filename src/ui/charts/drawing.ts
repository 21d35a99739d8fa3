/** A chart as a file to print: its SVG with every style written into it, on white, or the pixels of that. */

export const DOTS_PER_INCH = 300;
const MM_PER_INCH = 25.4;
const SVG = 'http://www.w3.org/2000/svg';
const INK = '#14181e';
/** In pixels of the page. */
const MARGIN = 4;

/** What the styles of charts set; everything else stands in attributes. */
const STYLES = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray'],
  ...['stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor'],
];
/** What only a page has a use for. */
const OF_A_PAGE = ['class', 'style', 'tabindex', 'role', 'aria-label', 'aria-hidden', 'focusable'];
/** Where the pointer or the keys are. */
const OF_THE_POINTER = '.recharts-tooltip-cursor, .recharts-active-dot, [data-pointer]';
/** Words of the page that belong to the drawing. */
const WORDS = '[data-print]';

/**
 * Whatever the page's theme, the colours are those of the light one.
 * @param drawn an element with one SVG, or with several, which keep their places; so do its words with `data-print`
 */
export function svgOf(drawn: HTMLElement, title: string, mm: number): string {
  const charts = [...drawn.querySelectorAll('svg')].filter(isOutermost);
  const words = [...drawn.querySelectorAll<HTMLElement>(WORDS)];
  const { left, top, width, height } = extentOf([...charts, ...words]);
  const root = document.createElementNS(SVG, 'svg');
  setAll(root, { viewBox: `0 0 ${width} ${height}` });
  for (const chart of charts) {
    const place = chart.getBoundingClientRect();
    const copy = styled(chart);
    setAll(copy, { x: place.left - left, y: place.top - top, width: place.width, height: place.height });
    root.append(copy);
  }
  for (const one of words) {
    const place = one.getBoundingClientRect();
    const { fontFamily, fontSize, fontWeight } = getComputedStyle(one);
    const text = document.createElementNS(SVG, 'text');
    text.textContent = one.textContent;
    setAll(text, { x: place.left - left, y: place.bottom - top - 0.3 * place.height, fill: INK });
    setAll(text, { 'font-family': fontFamily, 'font-size': fontSize, 'font-weight': fontWeight });
    root.append(text);
  }
  return forPrint(root, title, mm);
}

/** A drawing of `core/export/figures`, which has its colours already. */
export function svgOfFigure(figure: string, mm: number): string {
  const root = new DOMParser().parseFromString(figure, 'text/html').querySelector('svg')!;
  const title = root.querySelector('title')?.textContent ?? '';
  for (const one of root.querySelectorAll('title, desc')) one.remove();
  return forPrint(root, title, mm);
}

/** @returns pixels for printing at 300 per inch; null if the browser can't draw it */
export async function pngOf(svg: string, mm: number): Promise<Blob | null> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const width = Math.round((mm / MM_PER_INCH) * DOTS_PER_INCH);
    const height = Math.round((width * image.naturalHeight) / image.naturalWidth);
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
    return await new Promise((done) => {
      canvas.toBlob(done, 'image/png');
    });
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** On white, with its title, so many mm wide. */
function forPrint(root: SVGSVGElement, title: string, mm: number): string {
  const [, , width, height] = root.getAttribute('viewBox')!.split(' ').map(Number);
  const named = Object.assign(document.createElementNS(SVG, 'title'), { textContent: title });
  const white = document.createElementNS(SVG, 'rect');
  setAll(white, { width, height, fill: '#fff' });
  root.prepend(named, white);
  root.removeAttribute('aria-labelledby');
  setAll(root, { role: 'img', width: `${mm}mm`, height: `${((mm * height) / width).toFixed(2)}mm` });
  return new XMLSerializer().serializeToString(root);
}

function isOutermost(svg: SVGSVGElement): boolean {
  return !svg.parentElement?.closest('svg');
}

function extentOf(elements: readonly Element[]) {
  const places = elements.map((one) => one.getBoundingClientRect());
  const left = Math.min(...places.map((place) => place.left)) - MARGIN;
  const top = Math.min(...places.map((place) => place.top)) - MARGIN;
  const width = Math.max(...places.map(({ right }) => right)) - left + MARGIN;
  const height = Math.max(...places.map(({ bottom }) => bottom)) - top + MARGIN;
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
  const elements = [copy, ...copy.querySelectorAll('*')];
  for (const element of elements) {
    const computed = getComputedStyle(element);
    for (const name of STYLES) element.setAttribute(name, computed.getPropertyValue(name));
  }
  // Only now: what is inside an element may have its style from the element's class.
  for (const element of elements) {
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
