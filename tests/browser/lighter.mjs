// A member takes more than fits: the running set goes on lighter, the screen says so, and the next weight is made of it.
// node lighter.mjs URL PROGRAM LOAD_KG NUMBER PIN SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';
import { tellResult } from './train.mjs';

const [url, program, load_kg, number, pin, folder] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
const { page } = kiosk;
await kiosk.signIn(number, pin);
await kiosk.press('[data-more]', '[data-screen="more"]');
await kiosk.turnTo('[data-exercise="Cable row"]');
await kiosk.press('[data-exercise="Cable row"]', '.list .dose');
await kiosk.turnTo(`[data-program="${program}"]`);
await kiosk.press(`[data-program="${program}"]`, '[data-screen="set-up"]');
await kiosk.measure();
while ((await kiosk.load_kg()) < Number(load_kg)) {
  const before = await kiosk.load_kg();
  await page.locator('.weigh .btn').last().click();
  await page.waitForFunction((shown) => Number(document.querySelector('.weigh .num').dataset.loadKg) > shown, before);
}
tell('chosen', { load_kg: await kiosk.load_kg() });
// Whatever weight and cue the screen shows, however short.
await page.evaluate(() => {
  window.seen = { loads_kg: [], cues: [] };
  const note = (list, value) => value && list.at(-1) !== value && list.push(value);
  new MutationObserver(() => {
    note(window.seen.loads_kg, Number(document.querySelector('[data-screen="set"] .readout .num')?.dataset.loadKg));
    note(window.seen.cues, document.querySelector('[data-screen="set"] .cue')?.innerText.trim());
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
});
for (let set = 1; ; ++set) {
  await page.evaluate(() => (window.seen = { loads_kg: [], cues: [] }));
  await kiosk.startSet();
  const session = await kiosk.session();
  const ridden = kiosk.rideSet();
  const lighter = page.waitForFunction(() => window.seen.loads_kg.length > 1 || document.querySelector('[data-screen]')?.dataset.screen !== 'set');
  await lighter;
  const lightened = await page.evaluate(() => window.seen.loads_kg.length > 1);
  if (lightened) await kiosk.shot(folder, 'lighter-set');
  const { most, screen } = await ridden;
  tell('set', { set, session, reps: most, ...(await page.evaluate(() => window.seen)) });
  if (screen === 'finish') break;
  await page.waitForSelector('[data-screen="rest"] .why');
  tell('rest', { set, why: await kiosk.text('.why'), was: await kiosk.text('.versus .vs b'), next_kg: await kiosk.load_kg() });
  if (lightened) {
    await kiosk.picture(folder, 'lighter-rest', 'rest');
    break;
  }
}
await kiosk.press('[data-end]', '[data-screen="finish"]');
await kiosk.picture(folder, 'lighter-finish', 'finish');
await tellResult(kiosk);
tell('end', { complaints: kiosk.complaints });
await browser.close();
