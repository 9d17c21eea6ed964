// The report's only script: opens a question when it is wanted, sifts the list, prints what failed.
"use strict";
(() => {
  const list = document.getElementById("list");
  if (!list) return;
  const rows = [...list.querySelectorAll(".q")];

  // Most of the report lies in the page compressed: {"insides": the HTML of each question that is not shown at once,
  // "clauses": the texts of the cited clauses by name}. It is there a moment after the page.
  let kept = null;
  const unpack = async (text) => {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  };
  const ready = unpack(document.getElementById("kept").textContent).then((all) => (kept = all));

  // The inside of a question is HTML that the program has made and escaped; it becomes part of the page when it is opened.
  const fill = (row) => {
    if (!kept) return void ready.then(() => fill(row));
    if (row.dataset.at) {
      const inside = document.createElement("div");
      inside.className = "inside";
      inside.innerHTML = kept.insides[row.dataset.at];
      row.append(inside);
      delete row.dataset.at;
    }
    for (const place of row.querySelectorAll(".clause[data-clause]:not(.shown)")) show(place);
  };

  // A clause's text lies in the page once; each citation shows it with its own words marked. Offsets count characters.
  // Of a very long clause what is far from the marked words is left out until it is asked for.
  const LONG = 1500;
  const NEAR = 200;
  const show = (place, whole = false) => {
    const letters = Array.from(kept.clauses[place.dataset.clause]);
    const pieces = [];
    let cut = false;
    let at = 0;
    const stretch = (end) => {
      const near = whole || end - at <= LONG ? end - at : NEAR;
      pieces.push(letters.slice(at, at + near).join(""));
      if (near < end - at) {
        cut = true;
        pieces.push("……", end < letters.length ? letters.slice(end - NEAR, end).join("") : "");
      }
    };
    for (const [start, end, markers] of JSON.parse(place.dataset.spans)) {
      const mark = document.createElement("mark");
      const number = document.createElement("sup");
      mark.textContent = letters.slice(start, end).join("");
      number.textContent = markers.map((marker) => `[${marker}]`).join("");
      stretch(start);
      pieces.push(mark, number);
      at = end;
    }
    stretch(letters.length);
    if (cut) {
      const more = document.createElement("button");
      more.type = "button";
      more.textContent = "显示整条";
      more.addEventListener("click", () => show(place, true));
      pieces.push(" ", more);
    }
    place.replaceChildren(...pieces);
    place.classList.add("shown");
  };
  list.addEventListener("toggle", (event) => event.target.open && fill(event.target), true);

  // The filters
  const filters = document.getElementById("filters");
  const fields = [...filters.querySelectorAll("select, input")];
  const count = document.getElementById("count");
  const texts = new Map();
  const signs = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&#34;": '"', "&quot;": '"', "&#39;": "'", "&#x27;": "'" };
  const words = (row) => {
    if (!texts.has(row)) {
      const inside = row.dataset.at
        ? kept.insides[row.dataset.at].replace(/<[^>]*>/g, "").replace(/&[#\w]+;/g, (sign) => signs[sign] ?? sign)
        : row.textContent;
      texts.set(row, `${row.querySelector("summary").textContent}\n${inside}`.toLowerCase());
    }
    return texts.get(row);
  };
  const fits = (row, wanted) =>
    wanted.every(([name, value]) =>
      name === "find" ? value.split(/\s+/).every((word) => words(row).includes(word)) : row.dataset[name].split(" ").includes(value)
    );
  const sift = () => {
    if (!kept) return void ready.then(sift);
    const wanted = fields.map((field) => [field.name, field.value.trim().toLowerCase()]).filter(([, value]) => value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row, wanted);
      shown += !row.hidden;
    }
    count.textContent = shown ? `列出 ${shown} 题，共 ${rows.length} 题` : `没有符合条件的题（共 ${rows.length} 题）`;
  };
  const choose = (values) => {
    for (const field of fields) field.value = values[field.name] ?? "";
    sift();
  };
  let waiting = 0;
  filters.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(sift, 80);
  });
  document.getElementById("clear").addEventListener("click", () => choose({}));
  document.getElementById("fold").addEventListener("click", () => rows.forEach((row) => (row.open = false)));

  // A link to a question opens it, also where a filter has hidden it; a link in a table sets the filter.
  const visit = () => {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      return; // not one of our links
    }
    const row = document.getElementById(name.replace(/^c-(.*)-\d+$/, "q-$1"))?.closest(".q");
    if (!row) return;
    if (row.hidden) choose({});
    row.open = true;
    fill(row);
    const place = document.getElementById(name) ?? row;
    for (let fold = place.closest("details"); fold !== row; fold = fold.parentElement.closest("details")) fold.open = true;
    // Rows that were never in sight have a guessed height; once they are drawn the place is found again.
    place.scrollIntoView();
    requestAnimationFrame(() => requestAnimationFrame(() => place.scrollIntoView()));
  };
  addEventListener("hashchange", visit);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    if (link.dataset.filter) choose(JSON.parse(link.dataset.filter));
    if (link.classList.contains("copy")) {
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      const said = (text) => (link.textContent = text);
      Promise.resolve(navigator.clipboard?.writeText(location.href) ?? Promise.reject())
        .then(() => said("链接已复制"), () => said("链接已在地址栏里，请从那里复制"));
    }
  });

  // On paper what failed stands open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = rows.filter((row) => !row.hidden && !row.open && row.classList.contains("wrong"));
    for (const row of rows) {
      if (opened.includes(row)) row.open = true;
      if (row.open) fill(row);
    }
  });
  addEventListener("afterprint", () => opened.forEach((row) => (row.open = false)));

  const start = () => {
    sift();
    visit();
  };
  const old = () => (count.textContent = "这个浏览器太旧，只能展开前面的题，也不能筛选。请换用新一些的浏览器，或看同名的表格文件。");
  visit();
  ready.then(start, old);
  filters.hidden = false;
  document.getElementById("acts").hidden = false;
})();
