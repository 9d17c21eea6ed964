// What Gradio's page lacks: questions to click on, copying, sharing, rating, Chinese input and names.
"use strict";

const IDLE = "#question .submit-button";
const BOX = "#question textarea";

// A press of Enter that ends the composing of a Chinese word must not send the question.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
}, true);

document.addEventListener("click", (event) => {
  const of = (selector) => event.target.closest?.(selector);
  const asking = of("[data-ask]");
  const pressing = of("[data-press]");
  const copying = of("[data-copy]");
  const sharing = of("[data-share]");
  const useful = of("[data-useful]");
  const reason = of("[data-reason]");
  if (asking) ask(asking.dataset.ask);
  else if (pressing && document.querySelector(IDLE)) document.getElementById(pressing.dataset.press)?.click();
  else if (copying) copy(copying, copying.closest("footer").querySelector(".to-copy").value);
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

// A question that is clicked on before the box is there is asked as soon as it is.
let early = "";
function ask(question) {
  const box = document.querySelector(BOX);
  const button = document.querySelector(IDLE);
  if (!box) early = question;
  if (!box || !button) return;
  early = "";
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

// The first words come with the page; here they go to their place in Gradio's.
function bringGreeting() {
  const first = document.querySelector("#boot .greeting");
  const place = document.querySelector("#greeting .html-container > div, #greeting .prose");
  if (first && place && !place.querySelector(".greeting")) place.replaceChildren(first);
}

// The newest question goes to the top and the answer grows below it, in room that is kept for it: nothing else moves.
let questions = 0;
let waiting = null;
let notice = null;
function followDialogue(log) {
  const asked = log.querySelectorAll(".question");
  const now = log.querySelector(".waiting");
  const last = log.querySelector(".message-row:last-child .notice");
  const row = asked[asked.length - 1]?.closest(".message-row");
  if (row && (asked.length > questions || (now && now !== waiting))) {
    log.style.setProperty("--asked", `${row.offsetHeight}px`);
    requestAnimationFrame(() => row.scrollIntoView({ block: "start" }));
  } else if (last && last !== notice) requestAnimationFrame(() => last.scrollIntoView({ block: "end" }));
  [questions, waiting, notice] = [asked.length, now, last];
}

// Names for screen readers that Gradio gives in English. While an answer grows they are told to wait for the whole of it.
function name(log) {
  log.querySelectorAll("[data-testid=user]").forEach((row) => row.setAttribute("aria-label", "您的问题"));
  log.querySelectorAll("[data-testid=bot]").forEach((row) => row.setAttribute("aria-label", "回答"));
  const dialogue = log.querySelector("[role=log]");
  dialogue?.setAttribute("aria-label", "问答记录");
  dialogue?.setAttribute("aria-busy", String(Boolean(log.querySelector(".growing"))));
}

// Who looks into the plan from a dialogue finds the dialogue again: it would be gone with this page.
function keepDialogue(going) {
  for (const link of document.querySelectorAll("#top nav a:not([aria-current])")) link.target = going ? "_blank" : "";
}

new MutationObserver(() => {
  const toasts = document.querySelector(".toast-wrap");
  if (toasts) translate(toasts);
  follow(document.querySelector("#taken a[download]"));
  bringGreeting();
  bringShared(document.querySelector(BOX));
  if (early && document.querySelector(IDLE)) ask(early);
  const log = document.getElementById("log");
  if (!log) return;
  name(log);
  followDialogue(log);
  keepDialogue(Boolean(questions));
}).observe(document.documentElement, { childList: true, subtree: true });
