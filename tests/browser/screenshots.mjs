// Takes the pictures of the book, on the example world: light, 1280 px wide, in English and French.
//
//   node screenshots.mjs [NAME…]     writes ../../docs/src/images/NAME.webp and NAME.fr.webp

import { mkdir, writeFile } from "node:fs/promises";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { launch, LOOKS } from "./support/browser.mjs";
import { start } from "./support/world.mjs";

const FOLDER = fileURLToPath(new URL("../../docs/src/images/", import.meta.url));
const LANGUAGES = { en: "en-GB", fr: "fr-FR" };
/** What of a page a picture shows at most: further down, the reader looks for themselves. */
const HEIGHT_MAX = 1400;

/**
 * What to look at: an address, who looks (nobody where none is named), and the part of the page,
 * from one element to another.
 */
const pictures = ({ open_call: call, calls }) => ({
  call: { path: `/enfance-jeunesse/-/calls/${call}`, until: "#shares" },
  ledger: { path: "/enfance-jeunesse/-/ledger" },
  closing: { path: `/enfance-jeunesse/-/calls/${calls.CLOSED}/closing` },
  statement: { path: `/relation-citoyenne/-/calls/${calls.WORK}/funds`, as: "lea" },
  dashboard: { path: "/-/dashboard", as: "nadia" },
  transparency: { path: "/transparency" },
  visa: { path: `/enfance-jeunesse/-/calls/${call}`, as: "lea", prepare: considers },
  "call-form": { path: "/enfance-jeunesse/-/calls/new", as: "nadia" },
  commit: {
    path: `/enfance-jeunesse/-/calls/${call}/commit/check?ceiling=12000&council=aubervac`,
    as: "marc",
  },
});

const wanted = process.argv.slice(2);
const world = await start("sqlite");
const browser = await launch();
try {
  await mkdir(FOLDER, { recursive: true });
  const painter = await browser.newPage();
  for (const [name, picture] of Object.entries(pictures(world))) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const [language, locale] of Object.entries(LANGUAGES)) {
      const file = language === "en" ? `${name}.webp` : `${name}.${language}.webp`;
      const bytes = await webp(painter, await take(picture, locale));
      await writeFile(FOLDER + file, bytes);
      console.log(`${file}: ${Math.ceil(bytes.length / 1000)} kB`);
    }
  }
} finally {
  await browser.close();
  await world.stop();
}

async function take({ path, as, until, prepare, open = [] }, locale) {
  const [look] = LOOKS;
  const context = await browser.newContext({ ...look, locale, reducedMotion: "reduce" });
  const page = await context.newPage();
  if (as) await signIn(page, as);
  const answer = await page.goto(world.url + path);
  if (!answer.ok()) throw new Error(`${path} answers ${answer.status()}`);
  if (prepare) await prepare(page);
  for (const details of open) await page.locator(details).evaluate((one) => (one.open = true));
  const box = until ? await page.locator(until).boundingBox() : null;
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const height = Math.min(HEIGHT_MAX, box ? box.y + box.height + 16 : whole);
  const clip = { x: 0, y: 0, width: look.viewport.width, height };
  const bytes = await page.screenshot({ fullPage: true, clip });
  await context.close();
  return bytes;
}

/** The finance officer says that her council is considering it: its visa is the page to show. */
async function considers(page) {
  const call = page.url();
  await page.goto(`${call}/intend`);
  // The first language has said so already when the second comes.
  if (await page.locator("main input[name=ceiling]").count()) {
    await page.locator("main input[name=ceiling]").fill("12000");
    await page.locator("main form button").last().click();
    await page.waitForLoadState();
  }
  await page.goto(`${world.url}/aubervac/-/funding`);
  const row = page.locator(`tr:has(a[href="${new URL(call).pathname}"])`);
  const pledge = row.locator('a[href*="/pledges/"]');
  await page.goto(world.url + (await pledge.first().getAttribute("href")) + "/visa");
}

async function signIn(page, login) {
  const account = world.accounts.find((account) => account.login === login);
  await page.goto(`${world.url}/-/login`);
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill(account.password);
  await page.locator("main form button").first().click();
  await page.waitForURL((url) => url.pathname !== "/-/login");
}

/** The browser itself writes WebP: half the size of PNG, and nothing to install. */
async function webp(painter, png) {
  const address = await painter.evaluate(async (data) => {
    const picture = await createImageBitmap(await (await fetch(data)).blob());
    const canvas = document.createElement("canvas");
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext("2d").drawImage(picture, 0, 0);
    return canvas.toDataURL("image/webp", 0.6);
  }, `data:image/png;base64,${png.toString("base64")}`);
  return Buffer.from(address.split(",")[1], "base64");
}
