// What is typed on the inspection page and not yet pressed, on the device: it outlives a reload, a closed tab and a flat battery.
// It is the typist's own, shown to nobody else who uses the device, and goes as soon as the office has it, or the visit is closed.
const SOON = 300; // milliseconds without a key, before it is written
const NAME = "pasti-ketikan";
const UNTYPED = new Set(["hidden", "file", "submit", "button", "fieldset"]);

const fieldsOf = (form) => [...form.elements].filter((field) => field.id && !UNTYPED.has(field.type));
const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
const partOf = (kind, clause) => `${kind} ${clause ?? ""}`;
const partOfForm = (form) => partOf(form.dataset.item, form.elements.clause?.value);

// localStorage, for it alone is written before the page is gone. Each form is written by itself: two tabs keep each other's.
const typing = (page, { inspection, me }) => {
  const start = `${NAME}/${inspection}/`;
  const nameOf = (part) => `${start}${me}/${part}`;
  const touched = new Map(); // form -> when it was last typed into
  let timer = 0;

  const flush = () => {
    clearTimeout(timer);
    for (const [form, at] of touched) {
      const fields = Object.fromEntries(fieldsOf(form).map((field) => [field.id, isTicked(field) ? field.checked : field.value]));
      localStorage.setItem(nameOf(partOfForm(form)), JSON.stringify({ at, fields }));
    }
    touched.clear();
  };

  const note = (event) => {
    const form = event.target.closest("form[data-item]");
    if (!form || !fieldsOf(form).includes(event.target)) return;
    touched.set(form, Date.now());
    clearTimeout(timer);
    timer = setTimeout(flush, SOON);
  };

  const restore = () => {
    for (const form of page.querySelectorAll("form[data-item]")) {
      const typed = JSON.parse(localStorage.getItem(nameOf(partOfForm(form))) ?? "null");
      if (!typed) continue;
      for (const field of fieldsOf(form).filter(({ id }) => id in typed.fields)) field[isTicked(field) ? "checked" : "value"] = typed.fields[field.id];
    }
  };

  // What was typed after the item was made is not in it, and stays.
  const dropSent = (items) => {
    for (const { kind, values, made_at } of items.filter(({ state }) => state === "sent")) {
      const name = nameOf(partOf(kind, values.clause));
      const typed = JSON.parse(localStorage.getItem(name) ?? "null");
      if (typed && typed.at <= Date.parse(made_at)) localStorage.removeItem(name);
    }
  };

  const forget = () => {
    for (const name of Object.keys(localStorage)) if (name.startsWith(start)) localStorage.removeItem(name);
  };

  const open = () => {
    restore();
    page.addEventListener("input", note);
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
  };

  return { open, flush, dropSent, forget };
};

export { typing };
