/** The security headers of every response: cross-origin isolation (threads) and a strict CSP. */

/** Directives that browsers follow in a header alone, not in a page's meta element. */
const HEADER_ONLY = ['frame-ancestors', 'sandbox'];

/** @param {{ dev?: boolean }} options as of securityHeaders @returns {string[]} */
function directives({ dev = false }) {
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval'${dev ? " 'unsafe-inline'" : ''}`,
    `style-src 'self'${dev ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // No forms, no popups, no navigation of a parent.
    'sandbox allow-scripts allow-same-origin allow-downloads allow-modals',
  ];
}

/**
 * @param {{ dev?: boolean }} [options] dev adds only the needs of Vite's own client: inline scripts and styles, and its
 *   socket. The page's permissions are the same, so a control that is dead in the shipped app is dead in the browser
 *   tests too.
 * @returns {Record<string, string>}
 */
export function securityHeaders(options = {}) {
  return {
    'Content-Security-Policy': directives(options).join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Connection-Allowlist': '(response-origin)',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
  };
}

/** What of the policy a page can hold itself, where its server sends none. */
export function metaPolicy() {
  return directives({})
    .filter((directive) => !HEADER_ONLY.includes(directive.split(' ')[0]))
    .join('; ');
}
