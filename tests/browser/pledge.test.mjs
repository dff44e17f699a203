// A signatory commits a council to the open call and takes the pledge back: by pages alone, with
// JavaScript off and on. The numbers are those every visitor then reads.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launch, LOOKS, Visitor } from "./support/browser.mjs";
import { isAccessible } from "./support/checks.mjs";
import { choosesToCommit, openCall, signIn } from "./support/signatory.mjs";
import { engines, start } from "./support/world.mjs";

const CEILING = "6 000,00";
const ACT = { number: "2026-118", date: "15/10/2026" };

for (const engine of engines) {
  for (const javaScript of [false, true]) {
    const how = `JavaScript ${javaScript ? "on" : "off"}`;
    describe(`a pledge on ${engine}, ${how}`, { timeout: 300_000 }, () => {
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

      it("is committed, seen by everyone, and taken back", async () => {
        const visitor = await Visitor.arrive(browser, world.url, { javaScript });
        const { page } = visitor;
        const call = await choosesToCommit(visitor, world);
        await page.locator("#ceiling").fill(CEILING);
        await visitor.submit("main form:has(#ceiling)");
        assert.match(await visitor.words(), /6\u202f000(,00)?\u00a0€/, "the risk in one figure");
        await visitor.follow(new RegExp(`${call}/commit/check$`), "main");

        // Forgotten first: what was typed stays, and the summary leads to what is missing.
        await page.locator("#number").fill(ACT.number);
        await visitor.submit("form[data-guard]", 422);
        assert.equal(await page.locator("#number").inputValue(), ACT.number, "nothing is lost");
        assert.ok((await page.locator("#errors a").count()) >= 1, "what is missing is said");
        if (javaScript) await isAccessible(page);

        await page.locator("#kind").selectOption({ index: 1 });
        await page.locator("#date").fill(ACT.date);
        await page.locator("#file").setInputFiles({
          name: "deliberation.pdf",
          mimeType: "application/pdf",
          buffer: Buffer.from("%PDF-1.4\n%%EOF\n"),
        });
        await page.locator("#sure").check();
        await visitor.submit("form[data-guard]");
        const pledge = new URL(page.url()).pathname;
        assert.match(pledge, new RegExp(`^${call}/pledges/PLG-\\d{4}-\\d+$`));
        assert.match(await visitor.words(), new RegExp(ACT.number), "the act stands on its page");

        await isSeenByEveryone(browser, world, { call, pledge });

        await visitor.follow(`${pledge}/withdraw`, "main");
        await page.locator("#reason").fill("La commission s'est ravisée.");
        await visitor.submit("form[data-guard]");
        assert.equal(new URL(page.url()).pathname, pledge);
        assert.match(await visitor.words(), /retiré/i, "it says so");
        await visitor.leave();
      });

      it("is offered to nobody who may not", async () => {
        const visitor = await Visitor.arrive(browser, world.url, { javaScript });
        const developer = world.accounts.find(({ role }) => role === "developer");
        await signIn(visitor, developer);
        const call = await openCall(visitor, world);
        assert.equal(await visitor.page.locator(`a[href="${call}/commit"]`).count(), 0);
        await visitor.open(`${call}/commit`, 403);
        await visitor.leave();
      });
    });
  }

  describe(`the pages of a pledge on ${engine}`, { timeout: 300_000 }, () => {
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

    for (const look of LOOKS) {
      it(`are accessible: ${look.name}`, async () => {
        const visitor = await Visitor.arrive(browser, world.url, { look });
        const call = await choosesToCommit(visitor, world);
        await isAccessible(visitor.page);
        await visitor.page.locator("#ceiling").fill(CEILING);
        await visitor.submit("main form:has(#ceiling)");
        await isAccessible(visitor.page);
        await visitor.follow(new RegExp(`${call}/commit/check$`), "main");
        await isAccessible(visitor.page);
        await visitor.open(`${call}/intend`);
        await isAccessible(visitor.page);
        await visitor.open(call);
        await isAccessible(visitor.page);
        await visitor.leave();
      });
    }
  });
}

/** A visitor without an account reads the amount on the call and on the pledge. */
async function isSeenByEveryone(browser, world, { call, pledge }) {
  const citizen = await Visitor.arrive(browser, world.url, { javaScript: false });
  await citizen.open(call);
  assert.match(await citizen.words(), /6\u202f000(,00)?\u00a0€/);
  await citizen.follow(pledge, "main");
  assert.match(await citizen.words(), /6\u202f000(,00)?\u00a0€/);
  await citizen.leave();
}
