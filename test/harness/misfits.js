/** What of a page does not fit its window: for the screenshots and for the tests of small windows. */

/**
 * What does not fit: text cut off without an ellipsis, a document that scrolls, controls that can't be scrolled to,
 * parts of the inspector that lie on one another. Runs in a
 * page, by itself: it calls nothing of this file.
 * @param {{ print: boolean }} how
 */
export function misfits({ print }) {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push('the page is wider than the window');
  if (print) {
    const words = document.querySelector('[data-testid="printed-title"]');
    const shown = words instanceof HTMLElement && words.offsetParent !== null;
    if (document.querySelector('[data-testid="headline"]') && !shown) found.push('the print has no title');
    for (const part of document.querySelectorAll('nav, header:has(img), footer')) {
      if (part instanceof HTMLElement && part.offsetParent !== null) found.push('the frame is printed');
    }
    return found;
  }
  if (root.scrollHeight > root.clientHeight) found.push('the shell scrolls');
  const within = document.querySelector('dialog[open]') ?? document.body;
  for (const control of within.querySelectorAll('button, a, input, select, summary')) {
    if (!(control instanceof HTMLElement) || !control.checkVisibility()) continue;
    if (control.className.toString().includes('spoken') || control.matches('[class*="skip"]')) continue;
    control.scrollIntoView({ block: 'center', inline: 'center' });
    // A script scrolls boxes that a person can't.
    let lost = false;
    for (let box = control.parentElement; box; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const [x, y] = [overflowX === 'hidden' && box.scrollLeft, overflowY === 'hidden' && box.scrollTop];
      if (Math.abs(Number(x)) <= 1 && Math.abs(Number(y)) <= 1) continue;
      lost = true;
      if (x) box.scrollLeft = 0;
      if (y) box.scrollTop = 0;
    }
    const { left, right, top, bottom } = control.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, Math.min((top + bottom) / 2, top + 12)];
    if (lost || x < 0 || x > innerWidth || y < 0 || y > innerHeight) {
      found.push(`out of reach: ${control.tagName} ${control.textContent?.slice(0, 30) ?? ''}`);
    }
  }
  const boxes = ['stage', 'stack', 'tensor', 'histogram', 'facts'].flatMap((id) => {
    const part = document.querySelector(`[data-testid="${id}"]`);
    return part ? [{ id, box: part.getBoundingClientRect() }] : [];
  });
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (across > 1 && down > 1) found.push(`${a.id} and ${b.id} overlap`);
    }
  }
  for (const element of document.querySelectorAll('main *, header *, footer *, dialog[open] *')) {
    if (!(element instanceof HTMLElement) || element.className.toString().includes('spoken')) continue;
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (!own || element.offsetParent === null) continue;
    const style = getComputedStyle(element);
    if (style.textOverflow === 'ellipsis' || style.display === 'inline' || style.visibility === 'hidden')
      continue;
    if (element.scrollWidth > element.clientWidth + 1) {
      found.push(`text does not fit: "${element.textContent?.slice(0, 40)}" in ${element.className}`);
    }
  }
  return found;
}
