// An operator at the machine's pages: opening hours, a sign-off, out of order and back. Beside it the kiosk, that obeys.
// node desk.mjs URL REASON WHO SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, reason, who, folder] = process.argv.slice(2);
const EVERY_DAY = 7;
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
await kiosk.screen('walk-up');

const desk = await Kiosk.open(browser, url, { panel: 'desk', path: '/operator#/m/0/settings' });
const { page } = desk;
const openDays = () => page.locator('[data-day]:checked').count();

await page.waitForSelector('[data-panel="opening"]');
await page.locator('[data-copy]').click();
await page.locator('[data-save="opening"]').click();
await page.waitForSelector('[data-panel="opening"] [role="status"]');
await page.locator('[data-lines="webhooks"]').fill('no address');
await page.locator('[data-save="alerts"]').click();
await page.waitForSelector('[data-panel="alerts"] [role="alert"]');
tell('refused', { text: await desk.text('[data-panel="alerts"] [role="alert"]') });
await desk.picture(folder, 'settings-refused');
await page.reload();
await page.waitForSelector('[data-panel="opening"]');
tell('opening', { days: await openDays(), wanted: EVERY_DAY });

const part = await desk.attribute('[data-part]', 'data-part');
const item = `[data-part="${part}"]`;
await page.locator(`${item} [data-sign-off]`).click();
await page.locator(`${item} [data-who]`).fill(who);
await page.locator(`${item} [data-note]`).fill(reason);
await desk.picture(folder, 'sign-off');
await page.locator(`${item} [data-record="signed-off"]`).click();
await page.waitForSelector(`${item} [data-sign-off]`);
tell('signed-off', { part });

await page.locator('[data-order]').click();
await page.locator('.order [data-reason]').fill(reason);
await page.locator('.order [data-who]').fill(who);
await desk.picture(folder, 'out-of-order-asked');
await page.locator('[data-confirm="order"]').click();
await page.waitForSelector('[data-order][aria-checked="true"]');
await kiosk.page.waitForSelector('[data-out-of-order]');
await kiosk.picture(folder, 'out-of-order', 'fault');
await kiosk.press('[data-service]', '[data-jog]'); // the panel is a technician's from here on
await kiosk.press('header a[href="/"]', '[data-out-of-order]');
tell('out', { kiosk: await kiosk.page.locator('body').innerText(), starts: await kiosk.page.locator('[data-program], [data-start]').count() });
await new Promise((resolve) => process.stdin.once('data', resolve)); // somebody tries to start from a shell meanwhile
await page.locator('[data-order]').click();
await desk.picture(folder, 'out-of-order-since');
await page.locator('[data-confirm="order"]').click();
await page.waitForSelector('[data-order][aria-checked="false"]');
await kiosk.screen('walk-up');
tell('end', { complaints: [...kiosk.complaints, ...desk.complaints] });
await browser.close();
process.exit(0);
