"use strict";
// Search over the entries in this page: every word asked for must occur, without regard to case, accents and marks.
(() => {
  const MOST = 200;
  const PLAIN = { "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "đ": "d", "ß": "ss" };
  const entries = JSON.parse(document.getElementById("entries").textContent);
  const box = document.getElementById("q");
  const list = document.getElementById("found");
  const count = document.getElementById("count");

  const fold = (words) =>
    words
      .toLowerCase()
      .replace(/[øłıæđß]/g, (letter) => PLAIN[letter])
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .split(/\s+/u)
      .filter(Boolean)
      .join(" ");

  // An identifier comes first, then titles that hold all words together, then the rest, each in the Treaty's order.
  const rank = (entry, asked) => {
    const id = fold(entry.id);
    if (id === asked || id === "os:" + asked) return 0;
    return fold(entry.title).includes(asked) ? 1 : 2;
  };

  const search = (words) => {
    const asked = fold(words);
    if (!asked) return [];
    const parts = asked.split(" ");
    return entries
      .filter((entry) => parts.every((part) => entry.words.includes(part)))
      .map((entry, order) => [rank(entry, asked), order, entry])
      .sort((one, other) => one[0] - other[0] || one[1] - other[1])
      .map((ranked) => ranked[2]);
  };

  const line = (entry) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const id = document.createElement("span");
    id.className = "ident";
    id.textContent = entry.id;
    link.href = entry.page + "#" + encodeURIComponent(entry.id);
    link.append(id, " ", entry.title);
    const standing = document.createElement("span");
    standing.className = "standing " + entry.standing;
    standing.textContent = list.dataset[entry.standing];
    item.append(link, " ", standing);
    return item;
  };

  const show = () => {
    const found = search(box.value);
    list.replaceChildren(...found.slice(0, MOST).map(line));
    const words = found.length > MOST ? count.dataset.more : found.length ? count.dataset.some : count.dataset.none;
    count.textContent = box.value.trim() ? words.replace("#", String(found.length)) : "";
  };

  // index.html#OS:VI.II.4(A) leads to the page of that provision, as findings name it.
  const follow = () => {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      return;
    }
    const entry = id && entries.find((one) => one.id === id || one.id.endsWith(":" + id));
    if (entry) location.replace(entry.page + "#" + encodeURIComponent(entry.id));
  };

  box.form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", show);
  window.addEventListener("hashchange", follow);
  document.getElementById("search").hidden = false;
  box.value = new URLSearchParams(location.search).get("q") || box.value;
  follow();
  show();
})();
