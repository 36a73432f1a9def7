// What needs a script and is not a part of a page that comes later (htmx does those): copying, the theme, ticking rows.
"use strict";

document.addEventListener("click", async event => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const word = copy.querySelector("span");
    try {
      await navigator.clipboard.writeText(copy.dataset.copy);
      word.textContent = "Copied";
    } catch {
      word.textContent = "Not allowed";
    }
    setTimeout(() => (word.textContent = "Copy"), 2000);
  }
  if (event.target.closest("[data-theme-toggle]")) {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    document.cookie = `faraday_bridge_theme=${next}; path=/; max-age=31536000; samesite=lax`;
  }
});

document.addEventListener("change", event => {
  const all = event.target.closest("[data-tick-all]");
  const form = event.target.closest("form");
  if (all) {
    form.querySelectorAll("input[type=checkbox][data-tick]").forEach(box => (box.checked = all.checked));
  }
  const count = form?.querySelector("[data-tick-count]");
  if (count) {
    count.textContent = form.querySelectorAll("input[data-tick]:checked").length;
  }
  if (event.target.closest("[data-submit]")) {
    form.requestSubmit();
  }
});

document.addEventListener("DOMContentLoaded", () => document.querySelector("[data-focus]")?.focus());

// Templates: the number of each line stands beside it, marked where the server found an error; an example of a name goes
// where the cursor was last.
let lastTemplate = null;

function numberLines(area) {
  const numbers = area.previousElementSibling;
  const broken = (area.closest(".setting")?.querySelector("[data-broken]")?.dataset.broken ?? "").split(" ");
  numbers.replaceChildren(...area.value.split("\n").map((line, at) => {
    const number = document.createElement("span");
    number.textContent = at + 1;
    number.className = broken.includes(String(at + 1)) && area.value === area.defaultValue ? "broken" : "";
    return number;
  }));
  numbers.scrollTop = area.scrollTop;
}

function prepareTemplates(part) {
  part.querySelectorAll("textarea[data-template]").forEach(area => {
    if (!area.parentElement.classList.contains("numbered")) {
      const numbers = document.createElement("div");
      numbers.className = "numbers code";
      numbers.setAttribute("aria-hidden", "true");
      const both = document.createElement("div");
      both.className = "numbered";
      area.replaceWith(both);
      both.append(numbers, area);
      area.addEventListener("scroll", () => (numbers.scrollTop = area.scrollTop));
      numberLines(area);
    }
  });
  part.querySelectorAll("button[data-insert]").forEach(example => (example.disabled = false));
}

document.addEventListener("DOMContentLoaded", () => prepareTemplates(document));
document.addEventListener("htmx:load", event => prepareTemplates(event.detail.elt));
document.addEventListener("focusin", event => (lastTemplate = event.target.closest("textarea[data-template]") ?? lastTemplate));
document.addEventListener("input", event => event.target.matches("textarea[data-template]") && numberLines(event.target));
document.addEventListener("click", event => {
  const example = event.target.closest("button[data-insert]");
  const area = lastTemplate ?? document.querySelector("textarea[data-template]");
  if (example && area) {
    area.setRangeText(example.textContent, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", {bubbles: true}));
    area.focus();
  }
});

// What is chosen from the values that Jira found becomes a line of its own.
document.addEventListener("input", event => {
  const find = event.target.closest("[data-add-to]");
  const chosen = [...(find?.list?.options ?? [])].some(option => option.value === find.value);
  if (chosen) {
    const area = document.getElementById(find.dataset.addTo);
    area.value = [...area.value.split("\n").filter(line => line.trim() !== "" && line !== find.value), find.value].join("\n");
    find.value = "";
    area.dispatchEvent(new Event("input", {bubbles: true}));
  }
});

// A refused trial of a form says why, in the same place as its result.
document.addEventListener("htmx:beforeSwap", event => {
  if (event.detail.requestConfig?.elt?.closest("[data-errors]") && event.detail.xhr.status === 400) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// What was added once is not offered again.
document.addEventListener("htmx:afterRequest", event => {
  const form = event.target.closest?.("[data-choose-once]");
  if (form && event.detail.successful) {
    const select = form.querySelector("select");
    select.selectedOptions[0]?.remove();
    form.hidden = select.options.length === 0;
  }
});
