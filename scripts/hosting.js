/** The rules with which nginx, Apache, Caddy, IIS and `npx serve` send the app's headers: one text for each. */
import { securityHeaders } from './headers.js';

/** Besides the security headers: a page of one build must not meet parts of another. */
const FRESH = { 'Cache-Control': 'no-cache' };
/** Types that some servers do not know. */
const TYPES = { wasm: 'application/wasm', webmanifest: 'application/manifest+json' };
/** Types worth compressing. */
const TEXTS = ['application/javascript', 'text/javascript', 'text/css', 'application/wasm', 'text/plain'];

/** In place of the service worker: browsers that open the app have none any more, and ask the server from then on. */
export const WITHDRAWN =
  'self.oninstall = () => self.skipWaiting(); self.onactivate = () => self.registration.unregister();';

/** Names and values, in order. @returns {[string, string][]} */
export function hostHeaders() {
  return Object.entries({ ...securityHeaders(), ...FRESH });
}

/** Each file by name. @type {Readonly<Record<string, () => string>>} */
const RULES = {
  'nginx.conf': nginx,
  '.htaccess': apache,
  Caddyfile: caddy,
  'web.config': iis,
  'serve.json': serve,
};
export const RULE_FILES = Object.keys(RULES);

/** @returns {{ name: string, text: string }[]} */
export function ruleFiles() {
  return Object.entries(RULES).map(([name, write]) => ({ name, text: write() }));
}

function nginx() {
  return `# nginx: a server of its own. Copy to /etc/nginx/conf.d/ and set root to this folder. Browsers need https, or localhost.
server {
  listen 8080;
  server_name localhost;
  root /usr/share/nginx/modality-lab;
${hostHeaders()
  .map(([name, value]) => `  add_header ${name} "${value}" always;`)
  .join('\n')}
  gzip on;
  gzip_types ${TEXTS.join(' ')};
${Object.entries(TYPES)
  .map(([end, type]) => `  location ~ \\.${end}$ {\n    types { }\n    default_type ${type};\n  }`)
  .join('\n')}
}
`;
}

function apache() {
  return `# Apache: it needs mod_headers, and AllowOverride FileInfo for this folder. Browsers need https, or localhost.
${hostHeaders()
  .map(([name, value]) => `Header always set ${name} "${value}"`)
  .join('\n')}
${Object.entries(TYPES)
  .map(([end, type]) => `AddType ${type} .${end}`)
  .join('\n')}
<IfModule mod_deflate.c>
  <IfModule mod_filter.c>
    AddOutputFilterByType DEFLATE ${TEXTS.join(' ')}
  </IfModule>
</IfModule>
`;
}

function caddy() {
  return `# Caddy: run "caddy run" in this folder; with a host name in place of :8080 it has https by itself.
:8080 {
	root * .
	encode gzip
	header {
${hostHeaders()
  .map(([name, value]) => `\t\t${name} "${value}"`)
  .join('\n')}
	}
	file_server
}
`;
}

function iis() {
  const escaped = (/** @type {string} */ text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<?xml version="1.0" encoding="utf-8"?>
<!-- IIS 7 or newer. Browsers need https, or localhost. -->
<configuration>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
${hostHeaders()
  .map(
    ([name, value]) =>
      `        <remove name="${name}" />\n        <add name="${name}" value="${escaped(value)}" />`,
  )
  .join('\n')}
      </customHeaders>
    </httpProtocol>
    <staticContent>
${Object.entries({ ...TYPES, safetensors: 'application/octet-stream', md: 'text/markdown' })
  .map(
    ([end, type]) =>
      `      <remove fileExtension=".${end}" />\n      <mimeMap fileExtension=".${end}" mimeType="${type}" />`,
  )
  .join('\n')}
    </staticContent>
    <defaultDocument>
      <files>
        <clear />
        <add value="index.html" />
      </files>
    </defaultDocument>
  </system.webServer>
</configuration>
`;
}

function serve() {
  const headers = hostHeaders().map(([key, value]) => ({ key, value }));
  // Its pattern for everything does not match the page itself.
  const rules = ['/', '**'].map((source) => ({ source, headers }));
  return `${JSON.stringify({ cleanUrls: false, headers: rules }, null, 2)}\n`;
}

/** What the packaged folder says to whoever puts it on a server. */
export function hostingText() {
  return `Modality Lab on a server of static files
========================================

Copy this whole folder to the server: at the top of a host or below any path. Nothing of it runs on the server, and the
app sends nothing to it but requests for these files.

The address has to be secure: https, or http://localhost. Give the app a host name of its own: what a browser stores
belongs to all pages of one host name.

The rules in this folder send the app's headers:

  nginx       nginx.conf    a server of its own: copy it to /etc/nginx/conf.d/ and set root
  Apache      .htaccess     works as it lies (mod_headers, AllowOverride FileInfo)
  Caddy       Caddyfile     caddy run
  IIS         web.config    works as it lies
  npx serve   serve.json    npx serve . in this folder

To check them: curl -sI https://HOST/ shows these lines.

${hostHeaders()
  .map(([name, value]) => `  ${name}: ${value}`)
  .join('\n')}

Without the headers the app says what it lacks. At the first visit it computes on one thread only, and its policy holds in
the page alone, not in its workers. From the second visit on, the browser's own copy of the app brings the headers along.

A new version: replace the folder. Open tabs go on with theirs and offer the new one.

To withdraw the app, put a file offline.js with this line in place of the folder. Each browser that opens the address once
more asks the server from then on. What people have stored stays in their browsers until they clear the data of the site.

  ${WITHDRAWN}
`;
}
