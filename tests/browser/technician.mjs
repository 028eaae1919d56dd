// A technician at the machine's own /service: what is measured and counted now, and the bundle for whoever helps.
// node technician.mjs URL BUNDLE SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, bundle, folder] = process.argv.slice(2);
const LOOKS = [
  { panel: 'desk', language: 'en', theme: 'dark' },
  { panel: 'portrait', language: 'de', theme: 'light', small: true },
];
const browser = await openBrowser();
const complaints = [];
for (const look of LOOKS) {
  const desk = await Kiosk.open(browser, url, { ...look, path: '/service' });
  const { page } = desk;
  const counter = '[data-panel="link"] dd'; // the exchanges with the drive
  await page.waitForSelector(counter);
  const before = await desk.text(counter);
  await page.waitForFunction(([selector, known]) => document.querySelector(selector).textContent.trim() !== known, [counter, before]);
  const number = (text) => Number(text.replaceAll(/\D/g, ''));
  tell('counted', { before: number(before), after: number(await desk.text(counter)), cables: await page.locator('[data-cable]').count() });
  await desk.picture(folder, 'service');
  if (look === LOOKS[0]) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-bundle]').click()]);
    await download.saveAs(bundle);
    // Nobody is there to take the handle: it begins, says what to do, and ends at a touch.
    await page.locator('[data-self-test]').click();
    await page.waitForSelector('[data-self-test-note]');
    await desk.picture(folder, 'service-self-test');
    const note = await desk.text('[data-self-test-note]');
    await page.locator('[data-self-test-stop]').click();
    await page.waitForSelector('[data-panel="self-test"] [role="alert"]');
    tell('self-test', { note, ended: await desk.text('[data-panel="self-test"] [role="alert"]') });
  }
  complaints.push(...desk.complaints);
  await desk.close();
}
tell('end', { complaints });
await browser.close();
