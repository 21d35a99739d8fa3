/** What a build needs on any server: a Vite plugin that writes the servers' rules and a policy into the page. */
import { metaPolicy } from '../headers.js';
import { ruleFiles } from '../hosting.js';

/** @returns {import('vite').Plugin} */
export function hosting() {
  return {
    name: 'hosting',
    apply: 'build',
    generateBundle() {
      for (const { name, text } of ruleFiles())
        this.emitFile({ type: 'asset', fileName: name, source: text });
    },
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy() },
        injectTo: 'head-prepend',
      },
      { tag: 'meta', attrs: { name: 'referrer', content: 'no-referrer' }, injectTo: 'head-prepend' },
    ],
  };
}
