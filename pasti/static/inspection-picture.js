// Photographs and the drawn signature: made small enough to send, shown without an address (the policy allows no blob: picture).
const LONGEST_SIDE = 1600;
const LARGE = 1_000_000; // bytes; a smaller picture of a small size stays as it is
const MOST = 3_500_000; // what the office takes, with room for its being sent as text
const ACCEPTED = ["image/jpeg", "image/png"];

const drawn = (bitmap, scale) => {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const encoded = (canvas, type) => new Promise((resolve) => canvas.toBlob(resolve, type, 0.82));

// The picture as it is sent, or null when this device cannot read it and it is too large to send unread.
const reduced = async (file) => {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return ACCEPTED.includes(file.type) && file.size <= MOST ? file : null;
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size <= LARGE && ACCEPTED.includes(file.type)) return file;
  return encoded(drawn(bitmap, scale), "image/jpeg");
};

const thumbnail = async (blob, label) => {
  const bitmap = await createImageBitmap(blob, { imageOrientation: "from-image" });
  const canvas = drawn(bitmap, 160 / Math.max(bitmap.width, bitmap.height));
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  return canvas;
};

// Where the device is, if it may say so soon; null otherwise. A photograph is kept before this answers.
const PATIENCE = 8000; // milliseconds
const place = () =>
  new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve([coords.latitude, coords.longitude, coords.accuracy]),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60_000 },
    );
  });

// A field to sign in; answers how to read it: null while it is empty.
const signing = (canvas, clear) => {
  const pen = canvas.getContext("2d");
  let used = false;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };
  const wipe = () => {
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#16211f";
    pen.lineWidth = 4;
    pen.lineCap = "round";
    used = false;
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...at(event));
    pen.stroke();
    used = true;
  });
  clear.addEventListener("click", wipe);
  wipe();
  return async () => (used ? encoded(canvas, "image/png") : null);
};

export { PATIENCE, place, reduced, signing, thumbnail };
