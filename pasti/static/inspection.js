// The inspection page with script: every form keeps its item on the device first, shows that it is kept, and sends it when it can.
// Without this file the same forms are sent one by one; without a network this file, the store and the worker carry the whole visit.
import { PATIENCE, place, reduced, signing, thumbnail } from "./inspection-picture.js";
import { sendAll } from "./inspection-send.js";
import { changeItem, forget, itemsOf, keepItem, knownOf } from "./inspection-store.js";
import { typing } from "./inspection-typed.js";

const page = document.getElementById("fieldwork");
const words = JSON.parse(document.getElementById("words").textContent);
const inspection = page.dataset.inspection;
const typed = typing(page, { inspection, me: page.dataset.me });
const RETRY_EVERY = 30_000;

const device = () => {
  let name = localStorage.getItem("pasti-perangkat");
  if (!name) localStorage.setItem("pasti-perangkat", (name = `perangkat-${crypto.randomUUID().slice(0, 8)}`));
  return name;
};

const said = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const rowOf = (clause) => page.querySelector(`[data-clause="${CSS.escape(clause)}"]`);
const tell = (place, text) => {
  if (place && place.textContent !== text) place.textContent = text;
};

// What counts of each requirement: the last by time, of the page, of the office's last answer, and of this device.
const findings = (items, known) => {
  const counting = {};
  const consider = (clause, verdict, reason, made_at) => {
    const before = counting[clause];
    if (verdict && (!before || Date.parse(before.made_at) <= Date.parse(made_at))) counting[clause] = { verdict, reason, made_at };
  };
  for (const row of page.querySelectorAll("[data-clause]")) consider(row.dataset.clause, row.dataset.verdict, "", row.dataset.madeAt);
  for (const [clause, found] of Object.entries(known?.findings ?? {})) consider(clause, found.verdict, found.reason, found.made_at);
  for (const { kind, state, values, made_at } of items)
    if (kind === "finding" && state !== "refused") consider(values.clause, values.verdict, values.reason, made_at);
  return counting;
};

const showFindings = (items, counting) => {
  const own = Object.fromEntries(items.filter((item) => item.kind === "finding").map((item) => [item.values.clause, item]));
  for (const row of page.querySelectorAll("[data-clause]")) {
    const found = counting[row.dataset.clause];
    const item = own[row.dataset.clause];
    const verdict = found ? `${words[found.verdict]}${found.reason ? `: ${found.reason}` : ""}` : "";
    if (found || item) tell(row.querySelector(".note__state"), [verdict, item && words[item.state]].filter(Boolean).join(" · "));
    const field = row.querySelector("textarea[name=reason]");
    if (field && item && !field.value && document.activeElement !== field) field.value = item.values.reason ?? "";
  }
  for (const line of page.querySelectorAll("[data-signs]"))
    tell(line.querySelector("strong"), words[`${counting[line.dataset.signs]?.verdict ?? "none"}_signed`]);
};

const showShots = async (items) => {
  for (const item of items.filter((one) => one.kind === "photo")) {
    const row = rowOf(item.values.clause);
    if (!row) continue;
    let list = row.querySelector(".shots");
    if (!list) row.append((list = Object.assign(document.createElement("ul"), { className: "shots" })));
    let shot = list.querySelector(`[data-shot="${item.id}"]`);
    if (!shot) {
      shot = document.createElement("li");
      shot.dataset.shot = item.id;
      shot.append(document.createElement("span"));
      list.append(shot); // before anything is awaited, or a second showing would add it again
      if (item.picture) shot.prepend(await thumbnail(item.picture, said(words.photo_of, { clause: item.values.clause })));
    }
    tell(shot.querySelector("span"), words[item.state]);
  }
};

const last = (items, kind) => items.findLast((item) => item.kind === kind);
const holds = (item) => item && item.state !== "refused";

// The steps open one after the other: no start before the safety checklist, no finding before the start.
const showSteps = (items, counting) => {
  const [safety, start, minutes] = ["safety", "start", "minutes"].map((kind) => last(items, kind));
  const isSafe = Boolean(page.dataset.safe) || holds(safety);
  const isStarted = Boolean(page.dataset.started) || holds(start);
  const missing = page.querySelectorAll("[data-signs]").length - Object.keys(counting).length;
  for (const [kind, item] of [["safety", safety], ["start", start], ["minutes", minutes]]) {
    const form = page.querySelector(`form[data-item=${kind}]`);
    if (form && item) tell(form.querySelector(".note__state"), `${words[kind]} · ${words[item.state]}`);
  }
  for (const box of page.querySelectorAll("form[data-item=safety] [type=checkbox]")) if (holds(safety)) box.checked = true;
  const able = { start: isSafe && !holds(start), finding: isStarted, photo: isStarted, minutes: isStarted && missing === 0 && !holds(minutes) };
  for (const [kind, can] of Object.entries(able))
    for (const button of page.querySelectorAll(`form[data-item=${kind}] button:not([type=button])`)) button.disabled = !can || holds(minutes);
  if (!minutes) tell(page.querySelector("form[data-item=minutes] .note__state"), missing > 0 ? said(words.missing, { count: missing }) : "");
};

const showSync = (items, outcome) => {
  const count = (state) => items.filter((item) => item.state === state).length;
  const open = [["stored", words[outcome] ?? words.waiting], ["refused", words.some_refused]];
  const left = open.filter(([state]) => count(state) > 0).map(([state, text]) => said(text, { count: count(state) }));
  tell(document.getElementById("sync-state"), left.join(" ") || (count("sent") > 0 ? words.all_sent : words.nothing));
  tell(document.getElementById("sync-now"), count("refused") > 0 ? words.send_again : words.send_now);
  const refused = items.filter((item) => item.state === "refused");
  const list = document.getElementById("sync-refused");
  list.replaceChildren(
    ...refused.map((item) => {
      const line = document.createElement("li");
      line.textContent = `${said(words.refused_item, { what: words[item.kind] })} ${item.values.clause ?? ""}: ${item.sentence}`;
      return line;
    }),
  );
};

let outcome = "";
const show = async () => {
  const items = await itemsOf(inspection);
  const counting = findings(items, await knownOf(inspection));
  typed.dropSent(items);
  showFindings(items, counting);
  showSteps(items, counting);
  showSync(items, outcome);
  await showShots(items);
};

// One tab at a time sends; once the office has the minutes, its page says the rest.
const sendNow = async () => {
  const waited = (await itemsOf(inspection)).some((item) => item.state === "stored");
  outcome = await sendAll({ inspection, url: page.dataset.send });
  await show();
  const left = (await itemsOf(inspection)).filter((item) => item.state !== "sent");
  if (waited && left.length === 0 && (await knownOf(inspection))?.is_closed) location.reload();
  const held = left.find((item) => item.held_until > Date.now()); // a photograph whose place no page awaits any more
  if (held) setTimeout(send, held.held_until - Date.now());
};

// Each asking is followed by a sending of its own, so that what was kept just before it is not left lying.
const send = () => navigator.locks.request("pasti-kirim", sendNow);

// What was refused is tried again as well: the reason may have gone, as when the case has come to this step.
const again = async () => {
  for (const item of await itemsOf(inspection))
    if (item.state === "refused") await changeItem(item.id, (kept) => ({ ...kept, state: "stored", sentence: "" }));
  await send();
};

let latest = 0;
const now = () => new Date((latest = Math.max(Date.now(), latest + 1))).toISOString();

const valuesOf = async (form, submitter) => {
  const data = new FormData(form, submitter);
  for (const name of ["csrfmiddlewaretoken", "item", "kind", "photo"]) data.delete(name);
  const values = { ...Object.fromEntries(data), checked: data.getAll("checked") };
  if (form.dataset.item !== "minutes") return values;
  const counting = findings(await itemsOf(inspection), await knownOf(inspection));
  const shown = Object.fromEntries(Object.entries(counting).map(([clause, found]) => [clause, found.verdict]));
  return { ...values, officer_confirms: data.has("officer_confirms"), shown };
};

const pictureOf = async (form, values) => {
  if (form.dataset.item === "photo") return reduced(form.elements.photo.files[0]);
  return values.how === "drawn" ? readSignature() : undefined;
};

// The office's day, whatever the device's zone; written as in data-starts-on.
const today = () => new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Jakarta" });

const tooEarly = () => {
  if (!page.dataset.startsOn) return words.no_time;
  return today() < page.dataset.startsOn ? said(words.other_day, { day: page.dataset.startsOnSaid }) : "";
};

// What the office would refuse is said at once where it can be known here, before it is kept.
const lacking = ({ kind, values, picture }) => {
  if (kind === "start") return tooEarly();
  if (kind === "finding" && values.verdict === "not_met" && (values.reason ?? "").trim().length < 10) return words.reason_needed;
  if (kind === "photo" && !picture) return words.unreadable;
  if (kind !== "minutes") return "";
  if (!values.officer_confirms || values.representative.trim().length < 3) return words.names_needed;
  if (values.how === "typed" && values.typed.trim().toLowerCase() !== values.representative.trim().toLowerCase()) return words.typed_needed;
  if (values.how === "drawn" && !picture) return words.drawing_needed;
  return values.how === "declined" && values.remarks.trim().length < 10 ? words.remarks_needed : "";
};

const keep = async (event) => {
  const form = event.target.closest("form[data-item]");
  if (!form) return;
  event.preventDefault();
  typed.flush();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  await keepOf(form, event.submitter).finally(() => delete form.dataset.busy);
};

const keepOf = async (form, submitter) => {
  const values = await valuesOf(form, submitter);
  const item = {
    id: crypto.randomUUID(),
    inspection,
    kind: form.dataset.item,
    made_at: now(),
    by: page.dataset.me,
    device: device(),
    values,
    position: null,
    held_until: form.dataset.item === "photo" ? Date.now() + PATIENCE : 0,
    picture: (await pictureOf(form, values)) ?? null,
    state: "stored",
    sentence: "",
  };
  const lack = lacking(item);
  const place_ = form.querySelector(".note__state") ?? form.closest("li").querySelector(".note__state");
  if (lack) return tell(place_, lack);
  await keepItem(item);
  if (item.kind === "photo") {
    form.reset();
    await show();
    const position = await place();
    await changeItem(item.id, (kept) => (kept.state === "stored" ? { ...kept, position, held_until: 0 } : null));
  }
  await show();
  await send();
};

let readSignature = async () => null;
const openSignature = () => {
  const canvas = document.getElementById("signature");
  if (!canvas) return;
  for (const part of page.querySelectorAll("[data-drawn]")) part.hidden = false;
  readSignature = signing(canvas, document.getElementById("signature-clear"));
  canvas.addEventListener("pointerdown", () => (document.getElementById("how-drawn").checked = true));
};

// A photograph is kept as soon as it is taken; without script it has a button of its own.
const openPhotos = () => {
  for (const form of page.querySelectorAll("form[data-item=photo]")) {
    form.querySelector("button").hidden = true;
    form.elements.photo.addEventListener("change", () => form.requestSubmit());
  }
};

// The page and all it is made of, so that it opens without a network the next time, and says when that is so.
const makeReady = async () => {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(page.dataset.worker);
  await navigator.serviceWorker.ready;
  const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], link[rel=preload]")].map((link) => link.href);
  const scripts = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => new URL(name).pathname.endsWith(".js"));
  const cache = await caches.open("peninjauan");
  await cache.addAll([location.pathname, ...new Set([...parts, ...scripts])]);
  await navigator.storage?.persist?.();
};

const begin = async () => {
  const items = await itemsOf(inspection);
  if (page.dataset.closed && items.every((item) => item.state === "sent")) {
    await forget(inspection);
    typed.forget();
    await (await caches.open("peninjauan")).delete(location.pathname);
    return;
  }
  page.querySelector(".sync").hidden = false;
  latest = Math.max(0, ...items.map((item) => Date.parse(item.made_at)));
  openSignature();
  openPhotos();
  typed.open();
  page.addEventListener("submit", keep);
  document.getElementById("sync-now").addEventListener("click", again);
  addEventListener("online", send);
  setInterval(send, RETRY_EVERY);
  await show();
  await send();
  const ready = document.getElementById("sync-ready");
  makeReady().then(
    () => tell(ready, words.ready),
    () => tell(ready, navigator.onLine ? words.not_ready : words.ready),
  );
};

if (page.querySelector(".sync")) begin();
