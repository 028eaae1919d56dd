// An operator at a desk while somebody trains: sees the running set, takes the machine out of order, gives it back, exports, looks up a
// session, sets opening hours and a webhook, signs off. node operator.mjs URL WEBHOOK SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, webhook, folder] = process.argv.slice(2);
const LOOKS = [
  { name: 'desk', width: 1440, height: 900, language: 'en', theme: 'dark' },
  { name: 'desk', width: 1440, height: 900, language: 'de', theme: 'light' },
  { name: 'phone', width: 390, height: 844, language: 'en', theme: 'light' },
  { name: 'phone', width: 390, height: 844, language: 'de', theme: 'dark' },
];
const WAIT_MS = 120_000; // far beyond any healthy wait
const READY = { overview: '.kpis', machine: '.heat', sessions: 'tr[data-session]', settings: '[data-panel="opening"]', service: '[data-cable]' };

const browser = await openBrowser();

async function open(look, path) {
  const context = await browser.newContext({ viewport: { width: look.width, height: look.height }, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const one = new Kiosk(page, `${look.name}-${look.language}-${look.theme}`);
  page.on('pageerror', (error) => one.complaints.push(`page error: ${error.message}`));
  page.on('request', (request) => {
    const to = new URL(request.url());
    if (to.origin !== url && to.protocol !== 'blob:') one.complaints.push(`request to ${to.origin}`);
  });
  await page.goto(`${url}${path.replace('#', `?lang=${look.language}&theme=${look.theme}#`)}`);
  return one;
}

/** Nothing may be wider than the window. */
const tooWide = (page) => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));

async function pictures(name, path) {
  for (const look of LOOKS) {
    const one = await open(look, path);
    await one.page.waitForSelector(READY[name]);
    if (folder) await one.page.screenshot({ path: `${folder}/${name}-${one.look}.png`, fullPage: true });
    tell('picture', { name, look: one.look, wide_px: await tooWide(one.page), found: [...(await one.accessibility()), ...one.complaints] });
    await one.close();
  }
}

const desk = await open(LOOKS[0], '/operator#/m/0');
const { page } = desk;
const reps = async () => Number(await desk.text('[data-reps]'));
tell('looking');
await page.waitForFunction(() => Number(document.querySelector('[data-reps]')?.textContent) >= 2);
tell('live', { reps: await reps(), text: await desk.text('[data-now]') });

async function order(fill) {
  await page.locator('[data-order]').click();
  await fill();
  await page.locator('.order [data-who]').fill('Kim');
  await page.locator('[data-confirm="order"]').click();
}
await order(() => page.locator('[data-reason]').fill('cable worn'));
await page.waitForSelector('.switch[aria-checked="true"]');
tell('ordered', { reps: await reps() });
await page.waitForSelector('[data-panel="now"] .state.out');
tell('out');
await page.waitForSelector('[data-exercise]');
await order(async () => {});
await page.waitForSelector('.switch[aria-checked="false"]');
tell('back');

const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-export]').click()]);
let csv = '';
for await (const piece of await download.createReadStream()) csv += piece;
tell('csv', { name: download.suggestedFilename(), text: csv });

await page.locator('[data-tab="sessions"]').click();
await page.locator('tr[data-session] a').first().click();
await page.waitForSelector('[data-set] .reps');
tell('session', {
  sets: await page.locator('[data-set]').evaluateAll((all) => all.map((set) => set.querySelectorAll('.reps tbody tr:not(.quiet)').length)),
});

await page.locator('[data-tab="settings"]').click();
await page.locator('[data-day="1"]').check();
await page.locator('[data-copy]').click();
await page.locator('[data-save="opening"]').click();
await page.waitForSelector('[data-panel="opening"] [role="status"]');
await page.locator('[data-lines="webhooks"]').fill(webhook);
await page.locator('[data-save="alerts"]').click();
await page.waitForSelector('[data-panel="alerts"] [role="status"]');
tell('settings', { webhooks: await page.locator('[data-lines="webhooks"]').inputValue() });
await page.locator('[data-test-alert]').click();

await page.locator('[data-part="cable-inspection"] [data-sign-off]').click();
await page.locator('.sign-off [data-who]').fill('Kim');
await page.locator('.sign-off [data-note]').fill('no broken strand');
await page.locator('[data-record="signed-off"]').click();
await page.waitForSelector('.sign-off', { state: 'detached' });
tell('signed-off');

await pictures('overview', '/operator#/');
await pictures('machine', '/operator#/m/0');
await pictures('sessions', '/operator#/m/0/sessions');
await pictures('settings', '/operator#/m/0/settings');
await pictures('service', '/service#');

await page.goto(`${url}/operator#/m/0`);
await page.waitForSelector('.heat');
tell('cut-the-drive');
await page.waitForSelector('[data-fault="LINK_LOST"] .state.fault');
tell('fault', { text: await desk.text('[data-fault="LINK_LOST"]') });
tell('end', { complaints: desk.complaints });
await browser.close();
