// Keys of the desk: / search, j and k move, Enter opens, ? says them. The page works the same without this file.
"use strict";

(() => {
  const rows = () => [...document.querySelectorAll("table.rows tbody tr")];
  const link = (row) => row.querySelector("a[href]");

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  // The focus is the mark: it is visible, it survives a part being replaced, and Enter on a link opens it by itself.
  const move = (step) => {
    const all = rows().filter(link);
    if (all.length === 0) return;
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = here === -1 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
    link(all[next]).focus();
    all[next].scrollIntoView({ block: "nearest" });
  };

  const search = () => {
    const field = document.querySelector("input[type=search]");
    if (field) field.focus();
  };

  const keys = () => {
    const help = document.querySelector("details.keys");
    if (!help) return;
    help.open = !help.open;
    help.querySelector("summary").focus();
  };

  const acts = { "/": search, j: () => move(1), k: () => move(-1), "?": keys };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target.matches("input[type=search]")) event.target.blur();
    if (typing(event.target)) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
