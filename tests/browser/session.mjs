// A whole session through the screen: program, range, sets; accepts one weight, changes another; ends at the result.
// node session.mjs URL PROGRAM
import { Kiosk, openBrowser, tell } from './page.mjs';
import { tellResult, train } from './train.mjs';

const [url, program] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
await kiosk.begin(program);
await train(kiosk, 2);
await tellResult(kiosk);
await kiosk.press('[data-done]', '[data-screen="walk-up"]');
tell('end', { complaints: kiosk.complaints });
await browser.close();
