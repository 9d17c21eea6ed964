// What Gradio's page lacks: marks that open their citation, questions to click on, copying, Chinese input and names.
"use strict";

const IDLE = "#question .submit-button";

// A press of Enter that ends the composing of a Chinese word must not send the question.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
}, true);

document.addEventListener("click", (event) => {
  const of = (selector) => event.target.closest?.(selector);
  const mark = of("[data-cite]");
  const asking = of("[data-ask]");
  const pressing = of("[data-press]");
  const copying = of("[data-copy]");
  const sharing = of("[data-share]");
  const useful = of("[data-useful]");
  const reason = of("[data-reason]");
  if (mark && openCitation(mark)) event.preventDefault();
  else if (asking) ask(asking.dataset.ask);
  else if (pressing && document.querySelector(IDLE)) document.getElementById(pressing.dataset.press)?.click();
  else if (copying) copy(copying, copying.closest("footer").querySelector("textarea").value);
  else if (sharing) copy(sharing, `${location.origin}/?q=${encodeURIComponent(sharing.dataset.share)}`, "已复制链接");
  else if (reason) rate(reason, false, reason.dataset.reason);
  else if (useful?.dataset.useful) rate(useful, true, "");
  else if (useful) why(useful);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches?.(".why")) return;
  event.preventDefault();
  rate(event.target, false, event.target.querySelector("input").value.trim());
});

function why(button) {
  const form = button.closest(".rate").querySelector(".why");
  form.hidden = !form.hidden;
  button.setAttribute("aria-expanded", String(!form.hidden));
  if (!form.hidden) form.querySelector("button").focus();
}

async function rate(from, useful, reason) {
  const place = from.closest(".rate");
  const said = place.querySelector(".said");
  try {
    const headers = { "Content-Type": "application/json", "Accept": "application/json" };
    const body = JSON.stringify({ turn: place.dataset.turn, useful, reason });
    const response = await fetch("/feedback", { method: "POST", headers, body });
    said.textContent = (await response.json()).detail;
    if (response.ok) {
      place.querySelector(".why").hidden = true;
      place.querySelector("[aria-expanded]").setAttribute("aria-expanded", "false");
    }
  } catch {
    said.textContent = "没能保存评价，请稍后再试。";
  }
}

function openCitation(mark) {
  const quoted = mark.closest(".answer")?.querySelector(`blockquote[data-marker="${mark.dataset.cite}"]`);
  if (!quoted) return false;
  for (let fold = quoted.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  quoted.focus({ preventScroll: true });
  quoted.scrollIntoView({ block: "nearest" });
  return true;
}

function ask(question) {
  const box = document.querySelector("#question textarea");
  const button = document.querySelector(IDLE);
  if (!box || !button) return;
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => button.click()));
}

async function copy(button, text, thanks = "已复制") {
  const name = button.dataset.name ??= button.textContent;
  button.textContent = await toClipboard(text) ? thanks : "未能复制";
  setTimeout(() => { button.textContent = name; }, 2000);
}

// A file that the reader asked for arrives as a link that holds it.
let followed = "";
function follow(link) {
  if (!link || link.dataset.stamp === followed) return;
  followed = link.dataset.stamp;
  link.click();
}

// A shared link brings its question into the box. Whether to ask it is for the reader to say.
let shared = new URLSearchParams(location.search).get("q");
function bringShared(box) {
  if (!box || !shared) return;
  box.value = shared;
  shared = "";
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// Sentences that Gradio's script has in English only.
const SENTENCES = {
  "Error": "出错了",
  "This application is currently busy. Please try again.": "现在提问的人较多，请稍后再试。问题还在输入框里。",
  "Connection to the server was lost. Attempting reconnection...": "与服务器的连接断开了，正在重新连接……",
  "Connection errored out.": "连接出了问题，请稍后再试。",
  "Could not parse server response: ": "没有收到服务器的回答，请稍后再试。",
};

function translate(part) {
  const words = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const chinese = SENTENCES[words.currentNode.data.trim()];
    if (chinese) words.currentNode.data = chinese;
  }
}

// Names for screen readers that Gradio gives in English; and the newest question goes to the top, its answer below it.
let shown = "";
new MutationObserver(() => {
  const toasts = document.querySelector(".toast-wrap");
  if (toasts) translate(toasts);
  follow(document.querySelector("#taken a[download]"));
  bringShared(document.querySelector("#question textarea"));
  const log = document.getElementById("log");
  if (!log) return;
  log.querySelectorAll("[data-testid=user]").forEach((row) => row.setAttribute("aria-label", "您的问题"));
  log.querySelectorAll("[data-testid=bot]").forEach((row) => row.setAttribute("aria-label", "回答"));
  log.querySelector("[role=log]")?.setAttribute("aria-label", "问答记录");
  const questions = log.querySelectorAll(".question");
  const state = `${questions.length} ${log.querySelectorAll(".answer, .error, .notice").length}`;
  if (state !== shown) {
    shown = state;
    requestAnimationFrame(() => {
      const last = log.querySelector(".message-row:last-child");
      if (last?.querySelector(".notice")) last.scrollIntoView({ block: "end" });
      else questions[questions.length - 1]?.closest(".message-row").scrollIntoView({ block: "start" });
    });
  }
}).observe(document.documentElement, { childList: true, subtree: true });
