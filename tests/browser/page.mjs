// A person at the kiosk, for the flows of this folder. Prints one JSON object a line for the test that started it; waits for what the screen
// shows, never for time.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { relax, stretch } from './stretch.mjs';

const WAIT_MS = 90_000; // far beyond any healthy wait; a run that reaches it is broken
/** What the flows of this run speak, and whether each picture is taken on both panels: the test says so. */
const { SHEAVE_LANGUAGE: LANGUAGE = 'en', SHEAVE_PANELS: PANELS_SEEN = 'one' } = process.env;
const LANGUAGES = ['en', 'de'];
const TURNED = { portrait: ['landscape', 'light'], landscape: ['portrait', 'dark'] };
const PANELS = { portrait: { width: 1080, height: 1920 }, landscape: { width: 1920, height: 1080 }, desk: { width: 1440, height: 900 } };

/** A flow that fails says what stood on the screen. */
let opened;
process.on('uncaughtException', async (error) => {
  const text = await opened?.page.locator('body').innerText().catch(() => '');
  console.error(`${error.stack}\non the screen: ${text?.replaceAll(/\s+/g, ' ')}`);
  process.exit(1);
});

export function tell(event, value = {}) {
  console.log(JSON.stringify({ event, ...value }));
}

/** Debian's own browser. The sandbox needs rights that a test's container may not have; the page it shows is ours. */
export async function openBrowser() {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'] });
}

export class Kiosk {
  static async open(browser, url, { language = LANGUAGE, panel = 'portrait', theme = 'dark', small = false, clock = false, path = '/' } = {}) {
    const size = PANELS[panel];
    // Half the panel is a quarter of the pixels to draw: the simulated machine has to keep its millisecond beside the browser.
    const viewport = small ? { width: size.width / 2, height: size.height / 2 } : size;
    const context = await browser.newContext({ viewport, acceptDownloads: true });
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    if (clock) await page.clock.install(); // before anything of the page has read it
    const kiosk = (opened = new Kiosk(page, { panel, language, theme }));
    page.on('pageerror', (error) => kiosk.complaints.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      // A link that is cut on purpose is told by the browser too.
      const cut = message.text().startsWith('Failed to load resource: net::ERR_');
      if (message.type() === 'error' && !cut) kiosk.complaints.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const to = new URL(request.url());
      if (to.origin !== new URL(url).origin && !['data:', 'blob:'].includes(to.protocol)) kiosk.complaints.push(`request to ${to.origin}`);
    });
    const [before, fragment] = path.split('#');
    await page.goto(`${url}${before}?lang=${language}&theme=${theme}${fragment === undefined ? '' : `#${fragment}`}`);
    return kiosk;
  }

  constructor(page, { panel, language, theme }) {
    this.page = page;
    this.panel = panel;
    this.language = language;
    this.theme = theme;
    this.complaints = [];
  }

  get look() {
    return `${this.panel}-${this.language}-${this.theme}`;
  }

  close() {
    return this.page.context().close();
  }

  screen(name) {
    return this.page.waitForSelector(`[data-screen="${name}"]`);
  }

  async press(selector, until) {
    await this.page.locator(selector).first().click();
    await this.page.waitForSelector(until);
  }

  /** STOP answers to the touch, not to its end. */
  async pressStop() {
    await this.page.locator('button.stop').hover();
    await this.page.mouse.down();
    await this.page.mouse.up();
  }

  async attribute(selector, name) {
    return this.page.locator(selector).first().getAttribute(name);
  }

  async text(selector) {
    return (await this.page.locator(selector).first().innerText()).trim();
  }

  async load_kg(selector = '.weigh .num') {
    return Number(await this.attribute(selector, 'data-load-kg'));
  }

  async shot(folder, name) {
    if (folder) await this.page.screenshot({ path: `${folder}/${name}-${this.look}.png` });
  }

  /** The screen that stands: drawn into the folder, and checked for what leaves the panel and for accessibility. */
  async picture(folder, name, screen) {
    if (screen) await this.screen(screen);
    await this.pictureNow(folder, name);
    if (PANELS_SEEN !== 'both' || !TURNED[this.panel]) return;
    await this.turn();
    await this.pictureNow(folder, name);
    await this.turn();
    // So many pictures take their time on a busy host: somebody is still there, and touches where nothing is.
    if (screen !== 'still-there') await this.page.mouse.click(2, 2);
  }

  async pictureNow(folder, name) {
    await this.shot(folder, name);
    tell('screen', { screen: name, look: this.look, found: [...(await this.overflowOfAnyLook()), ...(await this.accessibility()), ...this.complaints] });
  }

  /** The same screen in every language on both panels, without a picture: long words leave it where short ones do not. */
  async overflowOfAnyLook() {
    const { width, height } = this.page.viewportSize();
    const found = [];
    for (const size of TURNED[this.panel] ? [{ width, height }, { width: height, height: width }] : [{ width, height }]) {
      await this.page.setViewportSize(size);
      for (const language of LANGUAGES) {
        await this.page.evaluate((newValue) => {
          dispatchEvent(new StorageEvent('storage', { key: 'sheave.language', newValue }));
          return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        }, language);
        const look = `${size.width} x ${size.height}, ${language}`;
        for (const left of await this.overflow()) found.push(`${look}: ${left}`);
        if (await stretch(this.page, language)) for (const left of await this.overflow()) found.push(`${look}, stretched: ${left}`);
        await relax(this.page);
      }
    }
    await this.page.setViewportSize({ width, height });
    await this.page.evaluate((newValue) => dispatchEvent(new StorageEvent('storage', { key: 'sheave.language', newValue })), this.language);
    return found;
  }

  /** The same screen on the panel's other edge, in the other theme. */
  async turn() {
    const { width, height } = this.page.viewportSize();
    [this.panel, this.theme] = TURNED[this.panel];
    await this.page.emulateMedia({ reducedMotion: 'reduce' }); // colours change at once
    await this.page.setViewportSize({ width: height, height: width });
    await this.page.evaluate((theme) => {
      document.documentElement.dataset.theme = theme;
      return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    }, this.theme);
  }

  /** What leaves the panel, or the card, button or field that it stands in. */
  overflow() {
    return this.page.evaluate(() => {
      const found = [];
      const leaves = (inner, outer) =>
        inner.left < outer.left - 1 || inner.top < outer.top - 1 || inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1;
      const panel = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
      for (const element of document.querySelectorAll('.kiosk :is(h1, h2, h3, p, b, small, span, li, button, svg, .num, .label, .cue, .card)')) {
        const box = element.getBoundingClientRect();
        if (box.width === 0 || element.closest('.sr, svg svg, .pulley')) continue;
        const field = element.parentElement.closest('.card, .btn, .tile, .stop, .readout, .cue');
        const name = `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${element.textContent.trim().slice(0, 40)}"`;
        if (leaves(box, panel)) found.push(`outside of the panel: ${name}`);
        else if (field && leaves(box, field.getBoundingClientRect())) found.push(`outside of its ${field.className}: ${name}`);
      }
      for (const weight of document.querySelectorAll('.weigh .num')) {
        if (weight.scrollWidth > weight.clientWidth + 1) found.push(`wider than its place: "${weight.textContent}"`);
      }
      const wider_px = document.documentElement.scrollWidth - innerWidth;
      if (wider_px > 1) found.push(`${wider_px} px wider than the window`);
      return found;
    });
  }

  /** What a camera reads off a QR code on the screen. */
  async readCode(selector) {
    const png = await this.page.locator(selector).screenshot();
    const { width, height, data } = await this.page.evaluate(async (picture) => {
      const image = new Image();
      image.src = `data:image/png;base64,${picture}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
      canvas.drawImage(image, 0, 0);
      return { width: image.width, height: image.height, data: [...canvas.getImageData(0, 0, image.width, image.height).data] };
    }, png.toString('base64'));
    return decodeQR({ width, height, data: Uint8Array.from(data) });
  }

  /** What an accessibility check of WCAG 2.2 AA finds. */
  async accessibility() {
    const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await this.page.evaluate(source);
    return this.page.evaluate(async () => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } });
      return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
    });
  }

  /** Number and PIN, on the keys of the screen. */
  async typeIn(digits) {
    for (const digit of digits) await this.page.locator(`[data-key="${digit}"]`).click();
    await this.page.locator('[data-next]').click();
  }

  async signIn(number, pin) {
    await this.press('[data-sign-in]', '[data-screen="sign-in"]');
    await this.typeIn(number);
    await this.page.waitForSelector('[aria-label^="0"]', { state: 'attached' }); // nothing typed yet has no size
    await this.typeIn(pin);
    await this.page.waitForSelector(`[data-who="${number}"]`);
  }

  /** Walks up to a program of the first screen, measures the range and is asked for the first set. */
  async begin(program) {
    await this.screen('walk-up');
    await this.press(`[data-program="${program}"]`, '[data-screen="set-up"]');
    await this.measure();
  }

  /** The same with a program that the first screen does not offer. @param exercise as it is named there */
  async beginFromMore(exercise, program) {
    await this.press('[data-more]', '[data-screen="more"]');
    await this.turnTo(`[data-exercise="${exercise}"]`);
    await this.press(`[data-exercise="${exercise}"]`, '.list .dose');
    await this.turnTo(`[data-program="${program}"]`);
    await this.press(`[data-program="${program}"]`, '[data-screen="set-up"]');
    await this.measure();
  }

  /** From the set-up, confirmed where that is due, to the first set. */
  async measure() {
    await this.page.waitForSelector('[data-screen="set-up"] :is([data-start], [data-confirm-set-up])');
    const confirm = this.page.locator('[data-confirm-set-up]');
    if (await confirm.count()) {
      await confirm.click();
      await this.page.waitForSelector('[data-start]');
    }
    // A person whose pulls were interrupted pulls again.
    while ((await this.attribute('[data-start]', 'data-start')) === 'range') {
      await this.press('[data-start]', '[data-screen="calibrate"]');
      await this.page.waitForSelector('[data-screen="set-up"] .weigh');
    }
  }

  /** Turns the pages of a list until this stands on one. */
  async turnTo(selector) {
    const first = await this.text('.pages .now');
    while ((await this.page.locator(selector).count()) === 0) {
      const before = await this.text('.pages .now');
      await this.page.locator('[data-next-page]').click();
      await this.page.waitForFunction((known) => document.querySelector('.pages .now').textContent.trim() !== known, before);
      if ((await this.text('.pages .now')) === first) throw new Error(`no page has ${selector}`);
    }
  }

  /** Which session stands at the machine. */
  session() {
    return this.attribute('[data-session]', 'data-session');
  }

  /** The proposal has to stand for 3 s; then Start shows. */
  async startSet() {
    await this.press('[data-start]', '[data-screen="set"]');
  }

  /** Rides a set to its end; returns the highest count that the screen showed. */
  async rideSet() {
    let most = 0;
    const look = async () => {
      const shown = await this.attribute('[data-screen="set"] .count .num', 'data-count').catch(() => null);
      if (shown !== null) most = Math.max(most, Number(shown));
    };
    for (;;) {
      const screen = await this.page.locator('[data-screen]').first().getAttribute('data-screen');
      if (screen !== 'set') return { most, screen };
      await look();
      await this.page.waitForFunction(
        (known) => {
          const stands = document.querySelector('[data-screen]')?.dataset.screen;
          return stands !== 'set' || Number(document.querySelector('.count .num')?.dataset.count) > known;
        },
        most,
        { timeout: WAIT_MS },
      );
    }
  }
}
