// What waits for a finance officer is found on her dashboard, and the approval of a pledge is given
// by pages alone, with JavaScript off; both pages are looked at by axe.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launch, LOOKS, Visitor } from "./support/browser.mjs";
import { isAccessible } from "./support/checks.mjs";
import { openCall, signIn } from "./support/signatory.mjs";
import { engines, start } from "./support/world.mjs";

for (const engine of engines) {
  describe(`a desk on ${engine}`, { timeout: 300_000 }, () => {
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

    const officer = () => world.accounts.find(({ login }) => login === "lea");

    it("leads from an intention to its approval, JavaScript off", async () => {
      const visitor = await Visitor.arrive(browser, world.url, { javaScript: false });
      const { page } = visitor;
      await signIn(visitor, officer());
      const call = await openCall(visitor, world);
      await visitor.follow(`${call}/intend`, "main");
      await page.locator("main #ceiling").fill("12 000,00");
      await visitor.submit("main form:has(#ceiling)");

      await visitor.open("/-/dashboard");
      const visa = await visitor.follow(new RegExp(`^${call}/pledges/PLG-\\d{4}-\\d+/visa$`));
      await page.locator("#reason").fill("À revoir.");
      await visitor.submit("form[data-guard]", 422);
      assert.equal(await page.locator("#reason").inputValue(), "À revoir.", "nothing is lost");
      await page.locator("input[name=decision][value=attested]").check();
      await page.locator("#sure").check();
      await visitor.submit("form[data-guard]");
      assert.equal(new URL(page.url()).pathname, visa.replace(/\/visa$/, ""));
      assert.match(await visitor.words(), /12\u202f000(,00)?\u00a0€/);
      await visitor.open(visa);
      assert.match(await visitor.words(), /Visée/, "the history says so");
      await visitor.leave();
    });

    for (const look of LOOKS) {
      it(`is accessible: ${look.name}`, async () => {
        const visitor = await Visitor.arrive(browser, world.url, { look });
        await signIn(visitor, officer());
        await visitor.open("/-/dashboard");
        await isAccessible(visitor.page);
        await visitor.follow(/\/pledges\/PLG-\d{4}-\d+/, "main");
        await isAccessible(visitor.page);
        await visitor.leave();
      });
    }
  });
}
