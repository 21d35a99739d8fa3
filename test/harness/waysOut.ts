/** The ways by which a page could send something to another place, each as code that runs in a page. */

/** Sends to a web address of another origin, or packets to a `host:port`. */
type Way = (to: string, host: string) => unknown;

/** Ways that leave the page where it is. */
export const QUIET: Readonly<Record<string, Way>> = {
  fetch: (to) => fetch(to, { mode: 'no-cors' }),
  XMLHttpRequest: (to) => {
    const request = new XMLHttpRequest();
    request.open('POST', to);
    request.send('1');
  },
  WebSocket: (to) => new WebSocket(to.replace('http', 'ws')),
  EventSource: (to) => new EventSource(to),
  beacon: (to) => navigator.sendBeacon(to, '1'),
  'fetch that outlives the page': (to) =>
    fetch(to, { mode: 'no-cors', keepalive: true, method: 'POST', body: '1' }),
  image: (to) => {
    new Image().src = to;
  },
  'image of an SVG': (to) => {
    document.body.insertAdjacentHTML('beforeend', `<svg><image href="${to}" width="1" height="1"/></svg>`);
  },
  'background in a style': (to) => {
    document.body.style.backgroundImage = `url("${to}")`;
  },
  font: (to) => new FontFace('out', `url("${to}")`).load(),
  'style sheet': (to) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: to }));
  },
  'import of a style sheet': (to) => {
    document.head.append(
      Object.assign(document.createElement('style'), { textContent: `@import url("${to}");` }),
    );
  },
  script: (to) => {
    document.head.append(Object.assign(document.createElement('script'), { src: to }));
  },
  import: (to) => import(/* @vite-ignore */ to),
  'worker that fetches': (to) =>
    new Worker(URL.createObjectURL(new Blob([`fetch('${to}', { mode: 'no-cors' })`]))),
  video: (to) => {
    document.body.append(Object.assign(document.createElement('video'), { src: to, preload: 'auto' }));
  },
  iframe: (to) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: to }));
  },
  object: (to) => {
    document.body.append(Object.assign(document.createElement('object'), { data: to }));
  },
  'form in a frame': (to) => {
    document.body.insertAdjacentHTML(
      'beforeend',
      `<iframe name="out"></iframe><form target="out" action="${to}"></form>`,
    );
    document.querySelector('form')!.submit();
  },
  prefetch: (to) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: to }));
  },
  preload: (to) => {
    document.head.append(
      Object.assign(document.createElement('link'), { rel: 'preload', as: 'image', href: to }),
    );
  },
  modulepreload: (to) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: to }));
  },
  'speculation rules': (to) => {
    const rules = JSON.stringify({ prefetch: [{ source: 'list', urls: [to], eagerness: 'immediate' }] });
    document.head.append(
      Object.assign(document.createElement('script'), { type: 'speculationrules', textContent: rules }),
    );
  },
  'pop-up': (to) => window.open(to),
};

/** Ways that take the page along, if they are not refused. */
export const LEAVING: Readonly<Record<string, Way>> = {
  location: (to) => location.assign(to),
  link: (to) => Object.assign(document.createElement('a'), { href: to }).click(),
  'link with a ping': (to) => {
    const link = Object.assign(document.createElement('a'), { href: '#', ping: to });
    document.body.append(link);
    link.click();
  },
  form: (to) => {
    document.body.insertAdjacentHTML('beforeend', `<form action="${to}"></form>`);
    document.querySelector('form')!.submit();
  },
  'refresh of the page': (to) => {
    document.head.append(
      Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${to}` }),
    );
  },
};

/** Ways that ask no web server: they send packets to its host. */
export const PACKETS: Readonly<Record<string, Way>> = {
  WebRTC: async (_, host) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${host}` }] });
    peer.createDataChannel('out');
    await peer.setLocalDescription(await peer.createOffer());
  },
  WebTransport: (_, host) => new WebTransport(`https://${host}/`),
};
