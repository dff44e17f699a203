// Signing in with an identity provider: authorization code with PKCE, state and nonce, against a
// provider written by others.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";

import { Provider } from "oidc-provider";

import { launch, Visitor } from "./support/browser.mjs";
import { isAccessible } from "./support/checks.mjs";
import { engines, start } from "./support/world.mjs";

const CLIENT = { client_id: "beffroi", client_secret: "only-known-to-this-test" };
const PERSON = {
  sub: "agent-0042",
  name: "Dominique Agent",
  email: "dominique@belrive.example",
  email_verified: true,
  // The provider knows councils by the names they have here.
  councils: ["belrive"],
};

for (const engine of engines) {
  describe(`signing in with an identity provider on ${engine}`, { timeout: 300_000 }, () => {
    let world;
    let browser;
    let provider;
    let folder;

    before(async () => {
      const port = await freePort();
      const redirect = `http://127.0.0.1:${port}/-/login/oidc/agents/callback`;
      provider = await startProvider(redirect);
      folder = await mkdtemp(path.join(tmpdir(), "beffroi-oidc-"));
      const settings = path.join(folder, "forge.toml");
      await writeFile(settings, providerSettings(provider.issuer));
      world = await start(engine, {
        settings: { FORGE_CONFIG: settings, FORGE_LISTEN: `127.0.0.1:${port}` },
      });
      browser = await launch();
    });
    after(async () => {
      await browser?.close();
      await world?.stop();
      await provider?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    for (const javaScript of [false, true]) {
      it(`comes back signed in, JavaScript ${javaScript ? "on" : "off"}`, async () => {
        const visitor = await signIn(browser, world, provider, { javaScript });
        await visitor.open("/-/settings");
        assert.equal(await visitor.page.locator("#name").inputValue(), "Dominique Agent");
        if (javaScript) {
          await isAccessible(visitor.page);
        }
        await visitor.leave();
      });
    }

    it("asks with PKCE, a state and a nonce", async () => {
      const visitor = await signIn(browser, world, provider);
      const asked = new URL(provider.asked.at(-1), provider.issuer).searchParams;
      assert.equal(asked.get("response_type"), "code");
      assert.equal(asked.get("code_challenge_method"), "S256");
      for (const name of ["code_challenge", "state", "nonce"]) {
        assert.ok(asked.get(name)?.length >= 22, `${name} has at least 128 bits`);
      }
      await visitor.leave();
    });

    it("gives the role of the settings in the council that the claim names", async () => {
      const visitor = await signIn(browser, world, provider);
      await visitor.open("/-/settings");
      const roles = await visitor.page.locator("section:has(> #roles) li").allInnerTexts();
      assert.equal(roles.length, 1, roles.join());
      assert.match(roles[0], /Belrive.*Maintenance/);
      await visitor.leave();
    });

    it("refuses an answer to a question that this browser never asked", async () => {
      const visitor = await Visitor.arrive(browser, world.url);
      const forged = "/-/login/oidc/agents/callback?code=stolen&state=made-up";
      const answer = await visitor.page.goto(world.url + forged);
      assert.ok(answer.status() >= 400, `it answers ${answer.status()}`);
      const cookies = await visitor.context.cookies();
      assert.equal(cookies.some(({ name }) => name.endsWith("sid")), false);
      await visitor.context.close();
    });
  });
}

/** Goes from the sign-in page to the provider and back, as a person clicks. */
async function signIn(browser, world, provider, options) {
  const visitor = await Visitor.arrive(browser, world.url, options);
  const { page } = visitor;
  await visitor.open("/-/login");
  await page.locator("a[href^='/-/login/oidc/agents']").click();
  // The provider's own pages for development: any password will do, then consent.
  await page.locator("input[name=login]").fill(PERSON.sub);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  await page.locator("button[type=submit]").click();
  await page.waitForURL((address) => address.href.startsWith(world.url));
  return visitor;
}

async function startProvider(redirect) {
  const asked = [];
  let callback;
  const server = http.createServer((request, response) => {
    if (request.url.startsWith("/auth?")) {
      asked.push(request.url);
    }
    callback(request, response);
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [redirect], response_types: ["code"] }],
    claims: { openid: ["sub"], profile: ["name", "councils"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ["only", "for", "tests"] },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...PERSON, sub }) }),
  });
  callback = provider.callback();
  return {
    issuer,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

function providerSettings(issuer) {
  return `
[[provider]]
id = "agents"
label = "Compte d’agent"
issuer = "${issuer}"
client_id = "${CLIENT.client_id}"
client_secret = "${CLIENT.client_secret}"
council_claim = "councils"
council_role = "maintainer"
`;
}

/** A port that is free now: both sides must know the other's address before they start. */
async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
