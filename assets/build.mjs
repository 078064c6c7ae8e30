// Builds pasti/static/pasti.css and copies the font with its licence. Run by `npm run build`.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const font = here("node_modules/@fontsource-variable/public-sans/");
const out = here("../pasti/static/");

mkdirSync(out + "fonts", { recursive: true });
copyFileSync(font + "files/public-sans-latin-wght-normal.woff2", out + "fonts/public-sans-latin.woff2");
copyFileSync(font + "LICENSE", out + "fonts/OFL.txt");

// Every functional colour is one of our tokens, so the components' own fallback colours are dead weight.
const css = compile(here("scss/pasti.scss"), { style: "compressed", quietDeps: true }).css
  .replace(/var\((--govuk-[a-z-]+-colour), ?[^()]+\)/g, "var($1)");
writeFileSync(out + "pasti.css", css + "\n");
