// What the pages for reading gain from a script; without it they work as plain pages.
"use strict";

for (const button of document.querySelectorAll("[data-copy-clause]")) button.hidden = false;

// What of a page is made anew without leaving it: the parts marked data-live, taken from the same page of the server.
async function renew(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(response.status);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

// A run that is going: its progress, until it has ended and the page holds what came of it.
const going = document.querySelector(".going[data-live]");
if (going) (async () => {
  for (;;) {
    await new Promise((wake) => { setTimeout(wake, document.hidden ? 10000 : 2000); });
    try {
      const fresh = (await renew(location.href)).querySelector(".going[data-live]");
      if (!fresh) return location.reload();
      const shown = going.querySelector("progress");
      const told = fresh.querySelector("progress");
      // What stays is not replaced: a screen reader tells what changed, and nothing jumps.
      if (!shown !== !told) going.replaceChildren(...fresh.childNodes);
      else {
        going.querySelector("[role=status]").textContent = fresh.querySelector("[role=status]").textContent;
        if (shown) shown.value = told.value;
      }
    } catch { /* the server is away or busy: asked again in a while */ }
  }
})();

// Filters that act as one types or chooses. The address follows, so that it can be sent on, and the button stays for those
// who want it.
const sieve = document.querySelector("form[data-sieve]");
if (sieve) {
  let wait = 0;
  let asking = null;
  const act = async () => {
    const query = new URLSearchParams([...new FormData(sieve)].filter(([, value]) => value));
    const asked = query.toString();
    const address = sieve.getAttribute("action") + (asked && `?${asked}`);
    asking?.abort();
    asking = new AbortController();
    try {
      const fresh = await renew(address, asking.signal);
      for (const part of document.querySelectorAll("[data-live]"))
        part.replaceChildren(...fresh.getElementById(part.id).childNodes);
      history.replaceState(null, "", address);
    } catch (fault) {
      if (fault.name !== "AbortError") sieve.submit();
    }
  };
  const soon = (event) => {
    if (event.isComposing) return; // pinyin that is not a word yet
    clearTimeout(wait);
    wait = setTimeout(act, event.type === "input" ? 250 : 0);
  };
  sieve.addEventListener("input", (event) => { if (event.target.matches("input")) soon(event); });
  sieve.addEventListener("compositionend", soon);
  sieve.addEventListener("change", (event) => { if (event.target.matches("select")) soon(event); });
  sieve.addEventListener("submit", (event) => { event.preventDefault(); soon(event); });
}
