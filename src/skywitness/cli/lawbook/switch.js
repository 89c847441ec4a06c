"use strict";
// The link to the other language leads to the same provision, and to the same search.
for (const link of document.querySelectorAll("a[hreflang]")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
    const box = document.getElementById("q");
    if (box && box.value) {
      link.search = "?" + new URLSearchParams({ q: box.value });
    }
  });
}
