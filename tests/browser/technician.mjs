// A technician at the machine's own /service: what is measured and counted now, a cable moved by hand, and the bundle for whoever helps.
// node technician.mjs URL BUNDLE SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, bundle, folder] = process.argv.slice(2);
const LOOKS = [
  { panel: 'desk', language: 'en', theme: 'dark' },
  { panel: 'portrait', language: 'de', theme: 'light', small: true },
];

const CABLE = '[data-jog-cable="1"]';
const FULL_N = 35; // of the 40 N of a press
const AT_REST_N = 22; // a machine at rest pulls with 20 N

/** Presses until the cable is pulled. On a host that stands still the machine lets go of it and the page says so: then once more. */
async function pull(page, press, lift) {
  for (;;) {
    await press();
    const seen = await page.waitForFunction(
      ([selector, full_n]) => {
        const jog = document.querySelector(selector);
        if (Number(jog.dataset.tensionN) > full_n) return 'pulled';
        return jog.querySelector('[role="alert"]') ? 'let go' : '';
      },
      [CABLE, FULL_N],
    );
    if ((await seen.jsonValue()) === 'pulled') return;
    await lift();
  }
}

const atRest = (page) => page.waitForFunction(([selector, most_n]) => Number(document.querySelector(selector).dataset.tensionN) < most_n, [CABLE, AT_REST_N]);

/** By mouse, lifted; by mouse, slid off; by key. Whoever walks up to the machine's screen meanwhile is told. */
async function moveTheCable(browser, desk) {
  const { page } = desk;
  const onlooker = await Kiosk.open(browser, url, { small: true });
  await onlooker.screen('walk-up');
  const button = page.locator(`${CABLE} [data-jog="wind-in"]`);
  const mouseDown = async () => {
    await button.hover();
    await page.mouse.down();
  };
  const mouseUp = () => page.mouse.up();
  const told = onlooker.page.waitForSelector('[data-serviced]');
  await pull(page, mouseDown, mouseUp);
  await told;
  await mouseUp();
  await atRest(page);
  await desk.shot(folder, 'service-jog');
  await onlooker.shot(folder, 'serviced');
  await pull(page, mouseDown, mouseUp);
  await page.mouse.move(2, 2);
  await atRest(page);
  await mouseUp();
  const keyUp = () => page.keyboard.up('Space');
  const keyDown = async () => {
    await button.focus();
    await page.keyboard.down('Space');
  };
  await pull(page, keyDown, keyUp);
  await keyUp();
  await atRest(page);
  tell('jogged', { held: await button.getAttribute('aria-pressed') });
  await desk.picture(folder, 'service-jogged');
  complaints.push(...onlooker.complaints);
  await onlooker.close();
}

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
    await moveTheCable(browser, desk);
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
