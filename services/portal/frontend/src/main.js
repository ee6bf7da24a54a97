// The one script of every page. Everything listens at the document, so what is swapped in works without being told.
import "htmx.org";
import * as combobox from "./combobox.js";
import * as copying from "./copying.js";
import * as drafts from "./drafts.js";
import * as drawer from "./drawer.js";
import * as forms from "./forms.js";
import * as keyboard from "./keyboard.js";
import * as live from "./live.js";
import * as mentions from "./mentions.js";
import * as overlays from "./overlays.js";
import * as palette from "./palette.js";
import * as rows from "./rows.js";
import * as selection from "./selection.js";
import * as theme from "./theme.js";
import * as toast from "./toast.js";

for (const part of [theme, overlays, forms, drafts, rows, selection, drawer, palette, combobox, copying, keyboard, mentions, toast, live]) {
  part.start();
}
