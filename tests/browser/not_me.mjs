// It was somebody else: "Not me" on the result gives the session back before the screen clears. node not_me.mjs URL PROGRAM NUMBER PIN SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';
import { rideOne } from './train.mjs';

const [url, program, number, pin, folder] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
const { page } = kiosk;
await kiosk.signIn(number, pin);
await kiosk.begin(program);
await rideOne(kiosk);
await kiosk.screen('rest');
await kiosk.press('[data-end]', '[data-screen="finish"]');
await kiosk.picture(folder, 'member-finish', 'finish');
tell('finish', { session: await kiosk.session(), reps: Number(await kiosk.attribute('[data-reps]', 'data-reps')) });
await kiosk.press('[data-disown]', '[data-screen="walk-up"]');
await kiosk.press('[data-my-sets]', '[data-screen="my-sets"]');
tell('my-sets', { rows: await page.locator('[data-last]').count() });
await kiosk.press('[data-back]', '[data-screen="walk-up"]');
await page.locator('[data-not-me]').click();
await page.waitForSelector('[data-who="guest"]');
tell('end', { complaints: kiosk.complaints });
await browser.close();
