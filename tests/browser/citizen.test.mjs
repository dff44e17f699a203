// A citizen reads what is published, who uses it and what it costs: without an account, with
// JavaScript off and on.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launch, LOOKS, Visitor } from "./support/browser.mjs";
import { isAccessible, isValid } from "./support/checks.mjs";
import { openCall } from "./support/signatory.mjs";
import { engines, start } from "./support/world.mjs";

for (const engine of engines) {
  describe(`the citizen's path on ${engine}`, { timeout: 600_000 }, () => {
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

    for (const javaScript of [false, true]) {
      it(`walks by links alone, JavaScript ${javaScript ? "on" : "off"}`, async () => {
        const visitor = await Visitor.arrive(browser, world.url, { javaScript });
        const [module] = world.modules;
        const [owner] = module.split("/");

        await visitor.open("/");
        await visitor.follow("/catalogue");
        await visitor.follow(`/${module}`);
        assert.ok((await visitor.words()).length > 200, "the module shows its README");

        const file = await visitor.follow(new RegExp(`^/${module}/blob/.+:.+`));
        assert.notEqual((await visitor.words()).trim(), "", `${file} shows its content`);
        await visitor.page.goBack();
        await visitor.follow(new RegExp(`^/${module}/commits`));
        await visitor.follow(new RegExp(`^/${module}/commit/[0-9a-f]{40}$`));
        await visitor.follow(`/${owner}`);

        await openCall(visitor, world);
        await visitor.leave();
      });
    }

    it("reads the call's amounts in French and in English", async () => {
      // Not the ordinary space: a figure must not be torn apart at the end of a line.
      for (const [locale, amount] of [
        ["fr-FR", /\d{1,3}(\u202f\d{3})+(,\d\d)?\u00a0€/],
        ["en-GB", /€\d{1,3}(,\d{3})+(\.\d\d)?/],
      ]) {
        const visitor = await Visitor.arrive(browser, world.url, { locale });
        const address = await openCall(visitor, world);
        assert.match(await visitor.page.locator("main").textContent(), amount, address);
        assert.equal(await visitor.page.locator("html").getAttribute("lang"), locale.slice(0, 2));
        await visitor.leave();
      }
    });

    it("is told plainly when a page does not exist", async () => {
      const visitor = await Visitor.arrive(browser, world.url);
      await visitor.open("/no-such-owner/no-such-module", 404);
      await visitor.follow("/");
      await visitor.leave();
    });

    for (const look of LOOKS) {
      it(`finds every page accessible: ${look.name}`, async () => {
        const visitor = await Visitor.arrive(browser, world.url, { look });
        for (const path of await paths(visitor, world)) {
          await visitor.open(path);
          await isAccessible(visitor.page);
        }
        await visitor.open("/no-such-owner", 404);
        await isAccessible(visitor.page);
        await visitor.leave();
      });
    }

    it("is sent valid HTML", async () => {
      const visitor = await Visitor.arrive(browser, world.url);
      for (const path of await paths(visitor, world)) {
        await isValid(world.url + path);
      }
      await visitor.leave();
    });
  });
}

/** Every kind of page a citizen meets, found as a citizen finds it where no address is fixed. */
async function paths(visitor, world) {
  const [module] = world.modules;
  const [owner] = module.split("/");
  const found = ["/", "/catalogue", "/councils", "/spaces", "/calls", "/-/login", `/${owner}`];
  found.push("/transparency", "/open-data", "/method");
  await visitor.open("/councils");
  found.push(await visitor.follow(/^\/[a-z0-9-]+$/, "main"));
  await visitor.open(`/${module}`);
  found.push(`/${module}`);
  found.push(await visitor.follow(new RegExp(`^/${module}/blob/.+:.+`)));
  found.push(`/${module}/tree/main:`);
  await visitor.open(`/${module}/commits/main`);
  found.push(`/${module}/commits/main`);
  found.push(await visitor.follow(new RegExp(`^/${module}/commit/[0-9a-f]{40}$`)));
  found.push(await openCall(visitor, world));
  return found;
}
