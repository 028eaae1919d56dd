// A member takes more than fits: the running set goes on lighter, the screen says so, and the next weight is made of it.
// node lighter.mjs URL PROGRAM LOAD_KG NUMBER PIN SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';
import { tellResult } from './train.mjs';

const [url, program, load_kg, number, pin, folder] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
const { page } = kiosk;
await kiosk.signIn(number, pin);
await kiosk.beginFromMore('Cable row', program);
/** The working weight, tap by tap; a warm-up's number is its own. */
async function raise() {
  for (;;) {
    const before = await kiosk.load_kg();
    if (before >= Number(load_kg)) return;
    await page.locator('.weigh .btn').last().click();
    await page.waitForFunction((shown) => Number(document.querySelector('.weigh .num').dataset.loadKg) > shown, before);
  }
}

// Whatever weight and cue the screen shows, however short.
await page.evaluate(() => {
  window.seen = { loads_kg: [], cues: [], lower: false };
  const note = (list, value) => value && list.at(-1) !== value && list.push(value);
  new MutationObserver(() => {
    note(window.seen.loads_kg, Number(document.querySelector('[data-screen="set"] .readout .num')?.dataset.loadKg));
    window.seen.lower ||= window.seen.loads_kg.at(-1) < window.seen.loads_kg[0];
    note(window.seen.cues, document.querySelector('[data-screen="set"] .cue')?.innerText.trim());
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
});
async function ride() {
  await page.evaluate(() => (window.seen = { loads_kg: [], cues: [], lower: false }));
  await kiosk.startSet();
  const session = await kiosk.session();
  const ridden = kiosk.rideSet();
  await page.waitForFunction(() => window.seen.lower || document.querySelector('[data-screen]')?.dataset.screen !== 'set');
  if (await page.evaluate(() => window.seen.lower)) await kiosk.shot(folder, 'lighter-set');
  const { most } = await ridden;
  tell('set', { session, reps: most, ...(await page.evaluate(() => window.seen)) });
  await page.waitForSelector('[data-screen="rest"] .why');
}

const warmsUp = async () => (await page.locator('.next[data-warm-up]').count()) > 0;
for (let set = 1; set === 1 || (await warmsUp()); ++set) {
  await ride();
  await kiosk.picture(folder, `lighter-after-warm-up-${set}`, 'rest');
  await page.waitForSelector('.clock [data-over]'); // who starts at once is worn out before the weight is too much
}
await raise();
await ride();
tell('rest', { why: await kiosk.text('.why'), was: await kiosk.text('.versus .vs b'), next_kg: await kiosk.load_kg() });
await kiosk.picture(folder, 'lighter-rest', 'rest');
await kiosk.press('[data-end]', '[data-screen="finish"]');
await kiosk.picture(folder, 'lighter-finish', 'finish');
await tellResult(kiosk);
tell('end', { complaints: kiosk.complaints });
await browser.close();
