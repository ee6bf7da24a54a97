// Buttons that copy what stands in a field. Without scripts the field itself is copied from.
import { show } from "./toast.js";

export function start() {
  document.addEventListener("click", async (event) => {
    const field = document.getElementById(event.target.closest("[data-copies]")?.dataset.copies ?? "");
    if (!field) return;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      show("good", "Copied");
    } catch {
      show("warn", "This browser does not let pages copy: the text is selected, copy it yourself");
    }
  });
}
