// Sends what the device has kept, in the order in which it was noted. Sending again is harmless: the office knows each item by its id.
import { changeItem, itemsOf, keepKnown } from "./inspection-store.js";

const AT_ONCE = 20;
const MOST_LETTERS = 2_500_000; // of one request; a photograph as text is a third longer than its bytes

const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

const asText = (blob) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

const wire = async (item) => ({
  id: item.id,
  kind: item.kind,
  made_at: item.made_at,
  by: item.by,
  device: item.device,
  ...item.values,
  position: item.position,
  picture: item.picture ? await asText(item.picture) : "",
});

// As many items as one request bears; always at least one.
const firstOf = async (items) => {
  const batch = [];
  let letters = 0;
  for (const item of items.slice(0, AT_ONCE)) {
    const ready = await wire(item);
    letters += ready.picture.length;
    if (batch.length > 0 && letters > MOST_LETTERS) break;
    batch.push(ready);
  }
  return batch;
};

const settled = (answer) => (item) => {
  if (answer.status === "refused") return { ...item, state: "refused", sentence: answer.sentence, clause: answer.clause };
  return { ...item, state: "sent", sentence: "", picture: null };
};

// A photograph waits a moment for its place; what was noted after it waits with it, so that the order stays.
const unheld = (items) => {
  const held = items.findIndex((item) => item.held_until > Date.now());
  return held === -1 ? items : items.slice(0, held);
};

// Answers "sent", "offline", "signed_out" or "failed".
const sendAll = async ({ inspection, url }) => {
  for (;;) {
    const waiting = unheld((await itemsOf(inspection)).filter((item) => item.state === "stored"));
    if (waiting.length === 0) return "sent";
    const batch = await firstOf(waiting);
    let response;
    try {
      response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
        body: JSON.stringify({ items: batch }),
      });
    } catch {
      return "offline";
    }
    if (response.type === "opaqueredirect" || response.status === 403) return "signed_out";
    if (!response.ok) return "failed";
    const { items, ...known } = await response.json();
    for (const answer of items) await changeItem(answer.id, settled(answer));
    await keepKnown({ inspection, ...known });
  }
};

export { sendAll };
