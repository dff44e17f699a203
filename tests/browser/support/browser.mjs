// Opens pages as a person would, and keeps an eye on what no person sees: errors in the console,
// and requests that leave the forge.

import assert from "node:assert/strict";
import process from "node:process";

import { chromium } from "playwright-core";

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Light on a desk and dark in a hand: between them every rule of the styles is used. */
export const LOOKS = [
  { name: "light, 1280 px", colorScheme: "light", viewport: { width: 1280, height: 800 } },
  { name: "dark, 320 px", colorScheme: "dark", viewport: { width: 320, height: 640 } },
];

/** Starts the browser. */
export function launch() {
  // Chromium's sandbox refuses to run as root.
  const flags = process.getuid() === 0 ? ["--no-sandbox", ...FLAGS] : FLAGS;
  const executablePath = process.env.FORGE_TEST_CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: flags });
}

/** A person with a browser of their own: no cookies, one language, one look. */
export class Visitor {
  #origin;
  #faults = [];
  #expected = new Set();

  /**
   * @param {import("playwright-core").Browser} browser
   * @param {string} origin  the forge's address
   * @param {{ javaScript?: boolean, locale?: string, look?: typeof LOOKS[number] }} [options]
   */
  static async arrive(browser, origin, options = {}) {
    const { javaScript = true, locale = "fr-FR", look = LOOKS[0] } = options;
    const context = await browser.newContext({
      javaScriptEnabled: javaScript,
      locale,
      colorScheme: look.colorScheme,
      viewport: look.viewport,
      reducedMotion: "reduce",
    });
    // Nothing leaves this machine, whatever a page asks for.
    await context.route(
      ({ protocol, hostname }) => protocol.startsWith("http") && hostname !== "127.0.0.1",
      (route) => route.abort(),
    );
    return new Visitor(context, await context.newPage(), origin);
  }

  constructor(context, page, origin) {
    this.context = context;
    this.page = page;
    this.#origin = origin;
    page.on("console", (message) => {
      const { url } = message.location();
      if (this.#isOurs() && message.type() === "error" && !this.#expected.has(url)) {
        this.#faults.push(`${page.url()} says in the console: ${message.text()} (${url})`);
      }
    });
    page.on("pageerror", (error) => this.#faults.push(`${page.url()}: ${error}`));
    page.on("request", (request) => {
      const leaves = !request.isNavigationRequest() && !this.#stays(request.url());
      if (this.#isOurs() && leaves) {
        this.#faults.push(`${page.url()} asks ${request.url()}`);
      }
    });
  }

  #stays(address) {
    return [this.#origin, "data:"].some((start) => address.startsWith(start));
  }

  /** The pages of an identity provider are not ours to judge. */
  #isOurs() {
    return this.page.url().startsWith(this.#origin);
  }

  /** Opens an address of the forge; its status is the one expected. */
  async open(path, status = 200) {
    const address = path.startsWith("http") ? path : this.#origin + path;
    if (status >= 400) {
      this.#expected.add(address);
    }
    const answer = await this.page.goto(address);
    assert.equal(answer.status(), status, `${address} answers ${answer.status()}`);
    await this.isAPage();
    return answer;
  }

  /** Follows the first link whose address matches and leads elsewhere, as a person clicks it. */
  async follow(address, within = "body") {
    const here = new URL(this.page.url());
    const links = await this.page.locator(`${within} a[href]`).all();
    for (const link of links) {
      const href = new URL(await link.getAttribute("href"), here);
      if (href.pathname === here.pathname && href.search === here.search) continue;
      const matches = address instanceof RegExp
        ? address.test(href.pathname)
        : href.pathname === address;
      if (href.origin === this.#origin && matches && (await link.isVisible())) {
        const [answer] = await Promise.all([
          this.page.waitForResponse((response) => response.request().isNavigationRequest()),
          link.click(),
        ]);
        await this.page.waitForLoadState();
        assert.equal(answer.status(), 200, `${href} answers ${answer.status()}`);
        await this.isAPage();
        return href.pathname;
      }
    }
    return assert.fail(`${this.page.url()} has no link to ${address}`);
  }

  /** Presses the button of a form, and arrives where it leads; the status is the one expected. */
  async submit(form, status = 200) {
    const { page } = this;
    if (status >= 400) {
      const action = await page.locator(form).getAttribute("action");
      this.#expected.add(new URL(action, page.url()).href);
    }
    const [answer] = await Promise.all([
      page.waitForResponse((response) => {
        const leadsOn = response.status() >= 300 && response.status() < 400;
        return response.request().isNavigationRequest() && !leadsOn;
      }),
      page.waitForEvent("load"),
      page.locator(`${form} button[type=submit]`).click(),
    ]);
    const wrong = await page.locator("#errors").allInnerTexts();
    assert.equal(answer.status(), status, `${answer.url()} answers ${answer.status()}: ${wrong}`);
    await this.isAPage();
  }

  /** What every page owes its reader: a language, a title, one heading, a way past the banner. */
  async isAPage() {
    const { page } = this;
    const where = page.url();
    assert.match(await page.locator("html").getAttribute("lang"), /^(fr|en)$/, `${where}: lang`);
    assert.notEqual((await page.title()).trim(), "", `${where} has no title`);
    assert.equal(await page.locator("h1").count(), 1, `${where} has one first heading`);
    assert.equal(await page.locator("main").count(), 1, `${where} has one main part`);
  }

  /** The words of the main part of the page. */
  async words() {
    return this.page.locator("main").innerText();
  }

  /** Ends the visit; nothing went wrong unseen. */
  async leave() {
    await this.context.close();
    assert.deepEqual(this.#faults, []);
  }
}
