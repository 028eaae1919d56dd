// An operator in an office: over TLS, first without a credential, then with a wrong one, then with theirs. Sees the running set, exports the
// use. node remote.mjs URL TOKEN SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, token, folder] = process.argv.slice(2);
const LOOKS = [
  { name: 'desk', width: 1440, height: 900, language: 'en', theme: 'dark' },
  { name: 'phone', width: 390, height: 844, language: 'de', theme: 'light' },
];
const READY = { overview: '.kpis', machine: '.heat', sessions: 'tr[data-session]', settings: '[data-panel="opening"]' };
const browser = await openBrowser();

async function open({ name, width, height, language, theme }, path) {
  // The machine signed its certificate itself; the page is what is looked at here, the certificate is the gateway's test.
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  const one = new Kiosk(page, { panel: name, language, theme });
  page.on('pageerror', (error) => one.complaints.push(`page error: ${error.message}`));
  page.on('request', (request) => {
    const to = new URL(request.url());
    if (to.origin !== url && to.protocol !== 'blob:') one.complaints.push(`request to ${to.origin}`);
  });
  await page.goto(`${url}${path.replace('#', `?lang=${language}&theme=${theme}#`)}`);
  return one;
}

async function signIn({ page }, credential) {
  await page.locator('[data-token]').first().fill(credential);
  await page.locator('[data-sign-in]').click();
}

/** What is wrong with the page that stands: wider than the window, or what an accessibility check finds. */
async function picture(one, name) {
  if (folder) await one.page.screenshot({ path: `${folder}/${name}-${one.look}.png`, fullPage: true });
  const wide_px = await one.page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
  tell('picture', { name, look: one.look, wide_px, found: [...(await one.accessibility()), ...one.complaints] });
}

const desk = await open(LOOKS[0], '/operator#/m/0');
const { page } = desk;
await page.waitForSelector('[data-panel="sign-in"]');
await picture(desk, 'sign-in');
tell('refused', { text: await desk.text('main'), shows: await page.locator('[data-now], .heat, [data-kpis]').count() });
await signIn(desk, 'sheave_wrong');
await page.waitForSelector('[data-panel="sign-in"] [role="alert"]');
tell('wrong', { text: await desk.text('[role="alert"]') });
await signIn(desk, token);
await page.waitForSelector('[data-panel="now"]');
tell('looking');
await page.waitForFunction(() => Number(document.querySelector('[data-reps]')?.textContent) >= 2);
tell('live', { at_ms: Date.now(), reps: Number(await desk.text('[data-reps]')), text: await desk.text('[data-now]') });
await picture(desk, 'live');
// The first set has ended: it is in the use with all its reps.
await page.waitForFunction(() => document.querySelector('[data-panel="now"]')?.textContent.includes('Rest'));
const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-export]').click()]);
let csv = '';
for await (const piece of await download.createReadStream()) csv += piece;
tell('csv', { name: download.suggestedFilename(), text: csv });

for (const look of LOOKS) {
  for (const [name, path] of Object.entries({ overview: '/operator#/', machine: '/operator#/m/0', sessions: '/operator#/m/0/sessions', settings: '/operator#/m/0/settings' })) {
    const one = await open(look, path);
    await one.page.waitForSelector('[data-panel="sign-in"]');
    await signIn(one, token);
    await one.page.waitForSelector(READY[name]);
    await picture(one, name);
    await one.close();
  }
}
await page.locator('[data-sign-out]').click();
await page.waitForSelector('[data-panel="sign-in"]');
tell('end', { complaints: desk.complaints });
await browser.close();
