// The controller dies in a rest and is started again. node restart.mjs URL PROGRAM
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, program] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
await kiosk.begin(program);
await kiosk.startSet();
await kiosk.rideSet();
await kiosk.screen('rest');
await kiosk.page.waitForSelector('.versus .vs b');
tell('resting');
await kiosk.screen('lost');
tell('lost', { text: await kiosk.text('.facts-list') });
await kiosk.screen('finish');
const sets = await kiosk.page.locator('[data-set]').evaluateAll((all) =>
  all.map((g) => ({ set: Number(g.dataset.set), reps: Number(g.dataset.setReps), load_kg: Number(g.dataset.setLoadKg) })));
tell('finish', { sets, note: await kiosk.text('.take .label') });
await kiosk.press('[data-done]', '[data-screen="walk-up"]');
await browser.close();
