// The six things a script adds. Every one has a way without script, none computes money, and
// none keeps a state that a reload would lose. Texts come from data attributes of the page.

const first = (selector, root = document) => root.querySelector(selector);
const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

/** Says a text once in the page's status region, for those who do not see the change. */
function announce(text) {
  const status = first("#status");
  if (status) status.textContent = text;
}

// The policy that the page's headers ask for; only our own server's fragments pass through it.
const policy = globalThis.trustedTypes?.createPolicy("forge", { createHTML: (html) => html });

/** Reads an answer of our server as a document. */
function parsed(html) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
}

// 1. Live simulation: <form data-live="#result"> asks its own GET address and swaps one fragment.
function liveForm(form) {
  let timer;
  let request;
  async function refresh() {
    request?.abort();
    request = new AbortController();
    const address = new URL(form.dataset.url || location.href);
    address.search = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(address, {
        headers: { Accept: "text/html", "Forge-Fragment": form.dataset.live.slice(1) },
        signal: request.signal,
      });
      if (!answer.ok) return;
      const fresh = first(form.dataset.live, parsed(await answer.text()));
      if (fresh) first(form.dataset.live)?.replaceChildren(...fresh.childNodes);
    } catch {
      // Aborted by the next key, or offline: the button still does it.
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 400);
  });
}
each("form[data-live]", liveForm);

// 2. Copy buttons: made here, so absent where there is no script. data-copy names the button.
function copyButton(source) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button secondary";
  button.textContent = source.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    announce(source.dataset.copied);
  });
  source.after(button);
}
each("[data-copy]", copyButton);

// 3. Line ranges: click a number, then shift-click another; the address names the range.
let anchor;
function selectLines(from, to) {
  each(".l.selected", (line) => line.classList.remove("selected"));
  for (let n = from; n <= to; n++) first(`#L${n}`)?.classList.add("selected");
}
document.addEventListener("click", (event) => {
  const number = event.target.closest("pre.code .l > a");
  if (!number) return;
  event.preventDefault();
  const line = Number(number.parentNode.id.slice(1));
  const range = event.shiftKey && anchor ? [anchor, line].sort((a, b) => a - b) : [line, line];
  if (!event.shiftKey) anchor = line;
  const [from, to] = range;
  history.replaceState(null, "", from === to ? `#L${from}` : `#L${from}-L${to}`);
  selectLines(from, to);
});
const asked = /^#L(\d+)-L(\d+)$/.exec(location.hash);
if (asked) {
  selectLines(Number(asked[1]), Number(asked[2]));
  first(`#L${asked[1]}`)?.scrollIntoView();
}

// 4. Filter of a long list: data-filter names the rows, data-count the sentence, # the number.
function listFilter(input) {
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    let shown = 0;
    each(input.dataset.filter, (row) => {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      if (!row.hidden) shown += 1;
    });
    announce(input.dataset.count.replace("#", shown));
  });
}
each("input[data-filter]", listFilter);

// 5. The error summary takes the focus, so that it is read first.
first("#errors")?.focus();

// 6. A warning before a long form with changes is left: <form data-guard>.
function guardedForm(form) {
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
each("form[data-guard]", guardedForm);
