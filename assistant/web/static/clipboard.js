// Copying, for the chat and the pages for reading.
"use strict";

// The clipboard is there only in a secure context; over plain HTTP in an office network the old command still works.
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    area.style.cssText = "position:fixed;opacity:0";
    // Behind an open dialog nothing can be selected.
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copy-clause]");
  if (button) copyClause(button);
});

// What is selected within the clause, otherwise all of it, with the place that it comes from.
async function copyClause(button) {
  const clause = button.closest(".clause");
  const { title, issuer } = button.closest("[data-title]").dataset;
  const chosen = getSelection();
  const inside = !chosen.isCollapsed && clause.contains(chosen.anchorNode) && clause.contains(chosen.focusNode);
  const lines = [...clause.querySelectorAll(".line")].map((line) => line.textContent.trim());
  const words = inside ? chosen.toString().trim() : lines.join("\n");
  const link = new URL(clause.dataset.link, location.href);
  const source = `——《${title}》${issuer ? `（${issuer}）` : ""}${clause.dataset.label}，${link}`;
  const name = button.firstChild.data;
  button.firstChild.data = (await toClipboard(`${words}\n${source}`)) ? "已复制" : "未能复制";
  setTimeout(() => { button.firstChild.data = name; }, 2000);
}
