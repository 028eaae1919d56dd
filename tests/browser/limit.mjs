// A member's second visit: its last two sets are to go on until no rep is left, and the screen says so before them and in them.
// node limit.mjs URL PROGRAM NUMBER PIN SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';
import { tellResult } from './train.mjs';

const LEFT = 2;

const [url, program, number, pin, folder] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
const { page } = kiosk;
await kiosk.signIn(number, pin);
await kiosk.beginFromMore('Cable row', program);
for (let set = 1; ; ++set) {
  await kiosk.startSet();
  const session = await kiosk.session();
  const ridden = kiosk.rideSet();
  await page.waitForFunction(() => Number(document.querySelector('.count .num')?.dataset.count) >= 3 || document.querySelector('[data-screen]')?.dataset.screen !== 'set');
  const cue = (await page.locator('[data-screen="set"] .cue').count()) ? await kiosk.text('.cue') : '';
  await kiosk.shot(folder, `limit-set-${set}`);
  const { most } = await ridden;
  tell('set', { session, set, reps: most, cue });
  const after = await page.waitForSelector('[data-screen="rest"] .why, [data-screen="finish"]');
  if ((await after.getAttribute('data-screen')) === 'finish' || (await kiosk.attribute('[data-screen]', 'data-screen')) === 'finish') break;
  const answer = page.locator('.ask .btn').nth(LEFT);
  if (await answer.count()) await answer.click();
  await page.waitForFunction(() => !document.querySelector('.ask .btn') || document.querySelector('.ask .btn[aria-pressed="true"]'));
  await page.waitForSelector('.clock [data-over]');
  tell('rest', { set, why: await kiosk.text('.why') });
  await kiosk.picture(folder, `limit-rest-${set}`, 'rest');
}
await tellResult(kiosk);
tell('end', { complaints: kiosk.complaints });
await browser.close();
