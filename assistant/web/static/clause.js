// A citation opens its clause beside the answer: a panel where there is room, over the page where there is none.
"use strict";

{
  const ROOM = matchMedia("(min-width: 64rem)");
  const beside = () => document.getElementById("beside");
  const clause = () => document.getElementById("clause");
  let opener = null;
  let asked = 0;

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const of = (selector) => event.target.closest?.(selector);
    const link = of("[data-clause], .mark[data-cite]");
    if (link) {
      const source = link.dataset.clause ? link : chipOf(link);
      if (!source) return;
      event.preventDefault();
      open(link, source, link.dataset.cite);
    } else if (of("[data-jump]")) goTo(of("[data-jump]").dataset.jump);
    else if (of("#clear") || event.target === beside()) beside()?.close();
  });

  // Over the page the browser itself closes on Escape.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && beside()?.open && !beside().matches(":modal")) beside().close();
  });

  document.addEventListener("close", (event) => {
    if (event.target !== beside()) return;
    document.querySelector("[data-opened]")?.removeAttribute("data-opened");
    (opener?.isConnected ? opener : document.querySelector("#question textarea"))?.focus();
    opener = null;
  }, true);

  function chipOf(mark) {
    return mark.closest(".answer")?.querySelector(`.cite[data-markers~="${mark.dataset.cite}"]`);
  }

  async function open(link, source, marker) {
    const mine = ++asked;
    opener = link;
    document.querySelector("[data-opened]")?.removeAttribute("data-opened");
    source.dataset.opened = "";
    tell(source.lastChild.data.trim(), "正在打开……");
    if (!beside().open) ROOM.matches ? beside().show() : beside().showModal();
    try {
      const response = await fetch(source.dataset.clause, { headers: { "Accept": "text/html" } });
      if (!response.ok) throw new Error(response.status);
      const html = await response.text();
      if (mine !== asked) return;
      clause().innerHTML = html;
      // Whoever follows a link from here keeps the dialogue.
      for (const one of clause().querySelectorAll("a")) Object.assign(one, { target: "_blank", rel: "noopener" });
      goTo(marker);
    } catch {
      if (mine !== asked) return;
      tell(source.lastChild.data.trim(), "没能打开这一条，请稍后再试，或者");
      clause().lastChild.append(Object.assign(document.createElement("a"), { href: source.href, target: "_blank", textContent: "在全文中查看" }));
    }
  }

  function tell(title, words) {
    const heading = Object.assign(document.createElement("h2"), { id: "clause-title", textContent: title });
    const line = Object.assign(document.createElement("p"), { className: "note", textContent: words });
    line.setAttribute("role", "status");
    clause().replaceChildren(heading, line);
  }

  // The quoted words come into view and have the focus, so that a screen reader reads them.
  function goTo(marker) {
    const all = [...clause().querySelectorAll("mark")];
    const mark = all.find((one) => one.id === `quote-${marker}`) ?? all[0] ?? document.getElementById("clause-title");
    for (const one of all) one.classList.toggle("now", one === mark);
    for (const one of clause().querySelectorAll("[data-jump]")) {
      one.setAttribute("aria-pressed", String(mark.id === `quote-${one.dataset.jump}`));
    }
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: mark.offsetHeight > clause().offsetHeight / 2 ? "start" : "center" });
  }
}
