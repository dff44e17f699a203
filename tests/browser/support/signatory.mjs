// A person of the example world who may commit a council that has not spoken yet.

import assert from "node:assert/strict";

/** Signs somebody in by the form of the sign-in page. */
export async function signIn(visitor, { login, password }) {
  await visitor.open("/-/login");
  await visitor.page.locator("#login").fill(login);
  await visitor.page.locator("#password").fill(password);
  await visitor.submit("form[action='/-/login']");
}

/** The address of the open call, found as a citizen finds it. */
export async function openCall(visitor, world) {
  await visitor.open("/calls");
  return visitor.follow(new RegExp(`/-/calls/${world.open_call}$`));
}

/**
 * Signs in a signatory whose council has no pledge yet, and opens the first step of committing it.
 * Returns the address of the call.
 */
export async function choosesToCommit(visitor, world) {
  const answer = await fetch(`${world.url}/api/v1/calls/${world.open_call}/pledges`);
  const spoken = (await answer.json()).map(({ council }) => council);
  const free = ({ role, council }) => role === "signatory" && !spoken.includes(council);
  const signatory = world.accounts.find(free);
  assert.ok(signatory, `a signatory of none of ${spoken} has an account`);
  await signIn(visitor, signatory);
  const call = await openCall(visitor, world);
  await visitor.follow(`${call}/commit`, "main");
  return call;
}
