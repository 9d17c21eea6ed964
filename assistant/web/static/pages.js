// What the pages for reading gain from a script; without it they work as plain pages.
"use strict";

for (const button of document.querySelectorAll("[data-copy-clause]")) button.hidden = false;

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
