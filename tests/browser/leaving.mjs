// A member lets go in the middle of a set and goes away: the set ends, the screen asks, the session ends, and the screen forgets them.
// node leaving.mjs URL PROGRAM NUMBER PIN SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';

const ANSWER_MS = 31_000; // "Still there?" waits half a minute
const FORGET_MS = 31_000; // so long after the end nothing of them stands on the screen

const [url, program, number, pin, folder] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true, clock: true });
const { page } = kiosk;
await kiosk.signIn(number, pin);
await kiosk.begin(program);
await kiosk.startSet();
const { most } = await kiosk.rideSet();
tell('left', { reps: most });
await kiosk.screen('still-there');
await kiosk.picture(folder, 'left-still-there', 'still-there');
await page.clock.fastForward(ANSWER_MS);
await kiosk.screen('finish');
tell('finish', { reps: Number(await kiosk.attribute('[data-reps]', 'data-reps')), names: await kiosk.text('.top') });
await kiosk.picture(folder, 'left-finish', 'finish');
await page.clock.fastForward(FORGET_MS);
await page.waitForSelector('[data-screen="walk-up"] [data-who="guest"]');
tell('forgotten', { text: await page.locator('body').innerText() });
await kiosk.picture(folder, 'forgotten', 'walk-up');
tell('end', { complaints: kiosk.complaints });
await browser.close();
