// What was noted in the field, on the device: one IndexedDB store of items, each with the id under which it is sent.
// An item is "stored" until the office has it ("sent"), or says why it does not take it ("refused"). Nothing is lost in between.
const NAME = "pasti-peninjauan";

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const database = (() => {
  let open = null;
  return () => {
    open ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("items", { keyPath: "id" }).createIndex("inspection", "inspection");
        request.result.createObjectStore("known", { keyPath: "inspection" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return open;
  };
})();

// A write counts only when its transaction is complete: then it survives the tab, and the battery.
const written = async (store, act) => {
  const transaction = (await database()).transaction(store, "readwrite", { durability: "strict" });
  act(transaction.objectStore(store));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
};

const inOrder = (a, b) => (a.made_at < b.made_at ? -1 : a.made_at > b.made_at ? 1 : 0);

const keepItem = (item) => written("items", (store) => store.put(item));

const itemsOf = async (inspection) => {
  const store = (await database()).transaction("items").objectStore("items");
  return (await asked(store.index("inspection").getAll(inspection))).sort(inOrder);
};

// Change an item only while it is as expected, in one transaction: two tabs must not undo each other's work.
const changeItem = (id, change) =>
  written("items", (store) => {
    store.get(id).onsuccess = (event) => {
      const item = event.target.result;
      const changed = item && change(item);
      if (changed) store.put(changed);
    };
  });

const keepKnown = (known) => written("known", (store) => store.put(known));

const knownOf = async (inspection) =>
  asked((await database()).transaction("known").objectStore("known").get(inspection));

// The office has everything: the device need not remember it.
const forget = async (inspection) => {
  const items = await itemsOf(inspection);
  await written("items", (store) => items.forEach((item) => store.delete(item.id)));
  await written("known", (store) => store.delete(inspection));
};

export { changeItem, forget, itemsOf, keepItem, keepKnown, knownOf };
