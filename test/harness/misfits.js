/** What of a page does not fit its window: for the screenshots and for the tests of small windows. */

/**
 * What does not fit: text cut off without an ellipsis or below a box that nobody can scroll, a document that scrolls,
 * controls that can't be scrolled to, parts of the inspector that lie on one another. Runs in a page, by itself: it calls
 * nothing of this file.
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
    let lost = false;
    for (let box = control.parentElement; box; box = box.parentElement) {
      // A script scrolls boxes that a person can't.
      const { overflowX, overflowY } = getComputedStyle(box);
      const across = overflowX === 'hidden' && Math.abs(box.scrollLeft) > 1;
      const down = overflowY === 'hidden' && Math.abs(box.scrollTop) > 1;
      if (!across && !down) continue;
      if (across) box.scrollLeft = 0;
      if (down) box.scrollTop = 0;
      const [own, room] = [control.getBoundingClientRect(), box.getBoundingClientRect()];
      lost ||= across && (own.left < room.left - 1 || own.right > room.right + 1);
      lost ||= down && (own.top < room.top - 1 || own.bottom > room.bottom + 1);
    }
    const { left, right, top, bottom } = control.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, Math.min((top + bottom) / 2, top + 12)];
    if (lost || x < 0 || x > innerWidth || y < 0 || y > innerHeight) {
      found.push(`out of reach: ${control.tagName} ${control.textContent?.slice(0, 30) ?? ''}`);
    }
  }
  // Lines that are clamped say so by an ellipsis, and what only a screen reader reads has no height.
  for (const box of within.querySelectorAll('*')) {
    const { overflowY, webkitLineClamp } = getComputedStyle(box);
    if (overflowY !== 'hidden' || webkitLineClamp !== 'none' || !box.checkVisibility()) continue;
    if (box.clientHeight < 40 || box.scrollHeight <= box.clientHeight + 24) continue;
    const { bottom } = box.getBoundingClientRect();
    for (const words of box.querySelectorAll('p, li, td, th, label')) {
      if (!words.textContent?.trim() || words.getBoundingClientRect().top < bottom) continue;
      let scrolls = false;
      for (let one = words.parentElement; one && one !== box; one = one.parentElement)
        scrolls ||= ['auto', 'scroll'].includes(getComputedStyle(one).overflowY);
      if (scrolls) continue;
      found.push(`cut off below: "${words.textContent.slice(0, 30)}"`);
      break;
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
