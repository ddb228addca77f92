// What makes reading easier where scripts run; every page can be read without it.
"use strict";

const SHAPES = { Programme: "M-4.5-4.5h9v9h-9Z", Project: "M0-6.5 6.5 0 0 6.5-6.5 0Z", Place: "M0-6.9 6.5 4.4-6.5 4.4Z", Document: "M-3.6-5.2h5.5l2 2v8.4h-7.5Z" };

function icon(kind) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [key, value] of Object.entries({ class: `icon ${kind}`, viewBox: "-8 -8 16 16", width: 14, height: 14, "aria-hidden": "true" })) made.setAttribute(key, value);
  path.setAttribute("d", kind === "WaterFeature" ? "M0-6.3 3.6-1A4.4 4.4 0 1 1-3.6-1Z" : SHAPES[kind] ?? "M0-5.2a5.2 5.2 0 1 0 .01 0Z");
  made.append(path);
  return made;
}

// Completion of names: a listbox under a field. In the search it leads to the page, in a form it fills the field.
function complete(input, address, leads) {
  const list = Object.assign(document.createElement("ul"), { className: "complete", hidden: true, id: `${input.id}-names` });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.placeholder || input.name);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) input.setAttribute(key, value);
  input.after(list);
  let chosen = -1, timer = 0, latest = 0;
  const choose = (n) => {
    chosen = n;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === n)));
    if (n >= 0) { input.setAttribute("aria-activedescendant", list.children[n].id); list.children[n].scrollIntoView({ block: "nearest" }); } else input.removeAttribute("aria-activedescendant");
  };
  const show = (open) => { list.hidden = !open; input.setAttribute("aria-expanded", String(open)); if (!open) choose(-1); };
  const take = (item) => { if (leads) location.href = item.dataset.page; else { input.value = item.dataset.name; show(false); } };
  const look = async () => {
    const words = input.value.trim(), mine = ++latest;
    if (!words) return show(false);
    const answer = await fetch(`${address}&q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer?.ok || mine !== latest) return;
    const found = await answer.json();
    list.replaceChildren(...found.map(({ name, type, form, page }, n) => {
      const item = document.createElement("li"), text = document.createElement("bdi");
      item.setAttribute("role", "option");
      item.id = `${list.id}-${n}`;
      Object.assign(item.dataset, { name, page });
      text.textContent = name;
      item.append(icon(type), text);
      if (form) { const also = document.createElement("span"); also.className = "quiet"; also.textContent = form; item.append(also); }
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    show(found.length > 0 && document.activeElement === input);
    choose(-1);
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 120); });
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (list.hidden || !count) return;
    if (event.key === "ArrowDown") choose((chosen + 1) % count);
    else if (event.key === "ArrowUp") choose((chosen + count - 1) % count);
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
  });
}
for (const form of document.querySelectorAll("form[data-complete]")) complete(form.querySelector("input[type=search]"), form.dataset.complete, true);
for (const input of document.querySelectorAll("input[data-complete]")) complete(input, input.dataset.complete, false);

// In a document, whatever names the same thing lights up together.
const marks = [...document.querySelectorAll(".mark[data-of]")];
for (const mark of marks) {
  const light = (on) => { for (const other of marks) if (other.dataset.of === mark.dataset.of) other.classList.toggle("lit", on); };
  mark.addEventListener("pointerenter", () => light(true));
  mark.addEventListener("pointerleave", () => light(false));
}

// The frame of the graph takes over what stands after # in the address, and the language.
const frame = document.getElementById("graph");
if (frame && location.hash) frame.src = frame.getAttribute("src") + location.hash;

// What is being made is asked for again; the address keeps what stands after #.
const making = document.querySelector("[data-again]");
if (making) setTimeout(() => location.reload(), Number(making.dataset.again));

// What is folded is printed too.
addEventListener("beforeprint", () => { for (const folded of document.querySelectorAll("details:not([open]):not(.sparql)")) { folded.open = true; folded.dataset.printed = ""; } });
addEventListener("afterprint", () => { for (const folded of document.querySelectorAll("details[data-printed]")) { folded.open = false; delete folded.dataset.printed; } });
