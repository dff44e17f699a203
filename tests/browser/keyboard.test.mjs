// The citizen's path and the form of a pledge without a mouse: the tab key reaches every link and
// field, shows where it is, and gets out again.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launch, LOOKS, Visitor } from "./support/browser.mjs";
import { choosesToCommit } from "./support/signatory.mjs";
import { engines, start } from "./support/world.mjs";

// What a keyboard does is the server's on neither engine: one is enough.
const [engine] = engines;

describe("without a mouse", { timeout: 600_000 }, () => {
  let world;
  let browser;

  before(async () => {
    world = await start(engine);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });

  it("skips the banner by the first key", async () => {
    const visitor = await Visitor.arrive(browser, world.url);
    await visitor.open("/");
    await press(visitor.page, "Tab");
    const skip = await focused(visitor.page);
    assert.equal(skip.href, "#content", "the first stop leads to the content");
    assert.ok(skip.inView, "and is seen while it has the focus");
    await press(visitor.page, "Enter");
    await press(visitor.page, "Tab");
    assert.ok((await focused(visitor.page)).inMain, "the next stop is in the content");
    await visitor.leave();
  });

  it("walks the citizen's path", async () => {
    const visitor = await Visitor.arrive(browser, world.url);
    const [module] = world.modules;
    await visitor.open("/");
    await reaches(visitor.page, "/catalogue");
    await reaches(visitor.page, `/${module}`);
    await reaches(visitor.page, new RegExp(`^/${module}/commits`));
    await visitor.open("/");
    await reaches(visitor.page, "/calls");
    await reaches(visitor.page, new RegExp(`/-/calls/${world.open_call}$`));
    await visitor.leave();
  });

  for (const look of LOOKS) {
    it(`shows every stop and has no trap: ${look.name}`, async () => {
      const visitor = await Visitor.arrive(browser, world.url, { look });
      const [module] = world.modules;
      const call = await choosesToCommit(visitor, world);
      for (const path of ["/", "/catalogue", `/${module}`, call, `${call}/commit`]) {
        await visitor.open(path);
        await everyStopIsSeen(visitor.page);
      }
      await visitor.leave();
    });
  }

  it("commits a council", async () => {
    const visitor = await Visitor.arrive(browser, world.url);
    const { page } = visitor;
    const call = await choosesToCommit(visitor, world);
    await types(page, "ceiling", "6000,00");
    await enters(page);
    await reaches(page, new RegExp(`${call}/commit/check$`));
    await stopAt(page, ({ id }) => id === "kind", "the kind of act");
    await press(page, "ArrowDown");
    await types(page, "number", "2026-118");
    await types(page, "date", "15/10/2026");
    await stopAt(page, ({ id }) => id === "sure", "the last box");
    await press(page, "Space");
    await enters(page);
    assert.match(new URL(page.url()).pathname, new RegExp(`^${call}/pledges/`));
    await visitor.leave();
  });
});

/** What has the focus, and whether a person sees that it has. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return {
      id: element.id,
      name: element.outerHTML.slice(0, 100),
      href: element.getAttribute("href"),
      isPage: element === document.body || element === document.documentElement,
      inMain: document.querySelector("main").contains(element),
      inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    };
  });
}

function press(page, key) {
  return page.keyboard.press(key);
}

/** Goes on with the tab key to the first stop that fits. */
async function stopAt(page, fits, what) {
  for (let presses = 0; presses < 300; presses++) {
    await press(page, "Tab");
    const stop = await focused(page);
    if (fits(stop)) return stop;
  }
  return assert.fail(`the tab key does not reach ${what} on ${page.url()}`);
}

/** Goes to a link by the tab key and follows it. */
async function reaches(page, address) {
  const here = page.url();
  const fits = ({ href }) => {
    if (!href || href.startsWith("#")) return false;
    const { pathname } = new URL(href, here);
    return address instanceof RegExp ? address.test(pathname) : pathname === address;
  };
  await stopAt(page, fits, address);
  await enters(page);
}

/** Presses Enter and waits for the page it leads to. */
function enters(page) {
  return Promise.all([page.waitForEvent("load"), press(page, "Enter")]);
}

async function types(page, id, text) {
  await stopAt(page, (stop) => stop.id === id, `#${id}`);
  await page.keyboard.insertText(text);
}

/** From the first stop to the last and out of the page, each stop in view and outlined. */
async function everyStopIsSeen(page) {
  const count = await page.locator("a[href], button, input, select, textarea, summary").count();
  const unseen = [];
  let stops = 0;
  for (;;) {
    await press(page, "Tab");
    const stop = await focused(page);
    if (stop.isPage) break;
    stops += 1;
    if (!stop.inView || !stop.outlined) unseen.push(stop.name);
    assert.ok(stops <= 2 * count + 2, `${page.url()} does not let go of ${stop.name}`);
  }
  assert.deepEqual(unseen, [], `${page.url()} hides where the focus is`);
  assert.ok(stops > 10, `${page.url()} has ${stops} stops`);
}
