/** `npm start`: served to this machine, and to no other, until Ctrl+C. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { expect, test } from '@playwright/test';
import { open } from '../../scripts/driver.js';

const PORT = Number(process.env.MODALITY_LAB_TEST_PORT ?? 4399) + 1000;

test('npm start serves the app to this machine alone until Ctrl+C', async () => {
  const started = spawn(process.execPath, ['scripts/start.js', '--port', String(PORT), '--no-open']);
  const ended = once(started, 'exit');
  try {
    let said = '';
    for await (const text of started.stdout) {
      said += text;
      if (said.includes('Ctrl+C')) break;
    }
    expect(said).toContain(`Modality Lab is at http://localhost:${PORT}/`);
    const page = await fetch(`http://localhost:${PORT}/`);
    // What threads need.
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(await page.text()).toContain('<title>Modality Lab</title>');
    for (const { address, family, internal } of Object.values(networkInterfaces()).flatMap(
      (all) => all ?? [],
    ))
      if (!internal && family === 'IPv4')
        await expect(fetch(`http://${address}:${PORT}/`)).rejects.toThrow('fetch failed');
  } finally {
    started.kill('SIGINT');
  }
  expect(await ended).toEqual([0, null]);
  await expect(fetch(`http://localhost:${PORT}/`)).rejects.toThrow('fetch failed');
});

test('the model card of the starter can be downloaded in Settings', async ({ page, baseURL }) => {
  await open(page, baseURL!, 'settings');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('starter-card').click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  for (const part of ['Not a medical device', 'Where it fails', 'TCIA LIDC-IDRI, CC BY 3.0'])
    expect(text).toContain(part);
});

test('the licences of what the app contains can be downloaded in Settings', async ({ page, baseURL }) => {
  await open(page, baseURL!, 'settings');
  await page.getByText('Made with', { exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('licences').click()]);
  const text = readFileSync(await download.path(), 'utf8');
  for (const name of ['CharLS', 'OpenJPEG', 'react-dom', '@tensorflow/tfjs-core', 'Apache License'])
    expect(text).toContain(name);
  // Still the app, with what was under way.
  await expect(page.getByTestId('about-facts')).toBeVisible();
});
