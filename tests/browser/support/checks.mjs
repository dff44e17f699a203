// What a page must be for everyone: accessible by axe's rules, valid HTML, no scrolling sideways.

import assert from "node:assert/strict";

import { AxeBuilder } from "@axe-core/playwright";
import { HtmlValidate } from "html-validate";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  rules: {
    "long-title": "off",
    "prefer-native-element": "off",
    // Everything comes from the forge itself.
    "require-sri": "off",
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button", "reset"] }],
  },
});

/** axe finds nothing, and the page is no wider than the window. */
export async function isAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((node) => node.html).join("\n    ")}`,
  );
  assert.deepEqual(found, [], `${page.url()} is not accessible to everyone`);
  const [content, window] = await page.evaluate(() => [
    document.scrollingElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(content <= window, `${page.url()} is ${content} px wide in a window of ${window} px`);
}

/** The source is valid HTML, as the server sent it. */
export async function isValid(address, cookie = "") {
  const answer = await fetch(address, { headers: { cookie, "accept-language": "fr" } });
  const report = await validator.validateString(await answer.text());
  const found = report.results
    .flatMap((result) => result.messages)
    .map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`);
  assert.deepEqual(found, [], `${address} is not valid HTML`);
}
