// What lists and forms gain while one types. Every page does its work without this file.
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  let named = 0;

  const ask = async (address, values) => {
    const answer = await fetch(`${address}?${new URLSearchParams(values)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return null;
    return (await answer.json()).matches;
  };

  // A function that runs when nothing more has come for a while.
  const rested = (wait, body) => {
    let timer;
    return (...values) => { clearTimeout(timer); timer = setTimeout(() => body(...values), wait); };
  };

  // A field under which matches are offered: by mouse, by touch, and by the arrow keys, Enter and Escape.
  const suggest = (input, find, choose) => {
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = `suggestions-${++named}`;
    list.role = "listbox";
    list.hidden = true;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-autocomplete", "list");
    input.autocomplete = "off";
    input.after(list);
    let matches = [];
    let at = -1;
    const close = () => {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const mark = () => {
      [...list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === at)));
      const line = list.children[at];
      if (line) { input.setAttribute("aria-activedescendant", line.id); line.scrollIntoView({ block: "nearest" }); }
    };
    const take = (match) => { close(); choose(match); };
    const show = rested(180, async () => {
      const text = input.value.trim();
      if (!text) { close(); return; }
      const found = await find(text).catch(() => null);
      if (found === null || input.value.trim() !== text) return;
      matches = found;
      at = -1;
      list.replaceChildren(...matches.map((match, index) => {
        const line = document.createElement("li");
        line.role = "option";
        line.id = `${list.id}-${index}`;
        line.append(match.label);
        if (match.detail && match.detail !== match.label) {
          const detail = document.createElement("span");
          detail.className = "soft";
          detail.textContent = match.detail;
          line.append(detail);
        }
        line.addEventListener("mousedown", (event) => { event.preventDefault(); take(match); });
        return line;
      }));
      list.hidden = matches.length === 0;
      input.setAttribute("aria-expanded", String(matches.length > 0));
    });
    input.addEventListener("input", show);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        at = (at + (event.key === "ArrowDown" ? 1 : -1) + matches.length) % matches.length;
        mark();
      } else if (event.key === "Enter" && at >= 0) {
        take(matches[at]);
      } else if (event.key === "Escape") {
        close();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
  };

  const boxed = (input) => {
    const box = document.createElement("span");
    box.className = "suggest";
    input.before(box);
    box.append(input);
    return box;
  };

  // A filter by record takes the number of the one chosen.
  for (const input of all("input[data-suggest]")) {
    boxed(input);
    suggest(input, (q) => ask(input.dataset.suggest, { q }), (match) => { input.value = match.value; });
  }

  // Records to refer to are found while one types.
  for (const input of all("input[data-lookup]")) {
    const field = input.closest("fieldset");
    const matches = field && field.querySelector(".matches");
    if (!matches) continue;
    const show = rested(180, async () => {
      const q = input.value.trim();
      const found = await ask(input.dataset.lookup, { q }).catch(() => null);
      if (found === null || input.value.trim() !== q) return;
      const chosen = field.querySelector(`input[name="${CSS.escape(input.dataset.name)}"]:checked`);
      if (found.length === 0) { matches.textContent = input.dataset.none; return; }
      matches.replaceChildren(...found.map((match) => {
        const label = document.createElement("label");
        label.className = "check";
        const radio = document.createElement("input");
        radio.type = "radio";
        radio.name = input.dataset.name;
        radio.value = match.value;
        radio.checked = chosen !== null && chosen.value === match.value;
        const text = document.createElement("span");
        text.append(`${match.label} `);
        const detail = document.createElement("span");
        detail.className = "soft small";
        detail.textContent = match.detail;
        text.append(detail);
        label.append(radio, text);
        return label;
      }));
    });
    input.addEventListener("input", show);
    // Enter looks for records; it must not send the form.
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); show(); } });
    // A new choice takes the place of the one made before.
    field.addEventListener("change", (event) => {
      if (event.target.type !== "radio") return;
      for (const old of all(`input[type=hidden][name="${CSS.escape(input.dataset.name)}"]`, field)) old.remove();
    });
  }

  // A region is found by its name; the levels stay for those who choose step by step.
  for (const levels of all("[data-region]")) {
    const selects = all("select", levels);
    const input = document.createElement("input");
    input.type = "search";
    input.className = "input";
    input.placeholder = levels.dataset.hint;
    input.setAttribute("aria-label", levels.dataset.hint);
    const code = document.createElement("input");
    code.type = "hidden";
    code.name = levels.dataset.codeName;
    code.disabled = true;
    levels.prepend(input, code);
    boxed(input);
    suggest(input, (q) => ask("/lookup/regions", { q, within: levels.dataset.within }), (match) => {
      input.value = match.detail;
      code.value = match.value;
      code.disabled = false;
      for (const select of selects) select.value = "";
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("input", () => { code.disabled = true; });
    for (const select of selects) select.addEventListener("change", () => { code.disabled = true; input.value = ""; });
  }

  // A long list of codes is narrowed by typing; a heading stays while something under it does.
  for (const select of all("select[data-searchable]")) {
    const options = [...select.options].map((option) => ({ option, depth: (option.text.match(/^\u3000*/) || [""])[0].length }));
    const input = document.createElement("input");
    input.type = "search";
    input.className = "input";
    input.placeholder = select.dataset.searchable;
    input.setAttribute("aria-label", select.dataset.searchable);
    select.before(input);
    input.addEventListener("input", () => {
      const text = input.value.trim().toLowerCase();
      const kept = new Set();
      options.forEach(({ option, depth }, index) => {
        if (index > 0 && text && !option.text.toLowerCase().includes(text)) return;
        kept.add(index);
        for (let above = index - 1, wanted = depth - 1; above > 0 && wanted >= 0; above -= 1) {
          if (options[above].depth === wanted) { kept.add(above); wanted -= 1; }
        }
      });
      const chosen = select.value;
      select.replaceChildren(...options.filter((_, index) => kept.has(index) || options[index].option.value === chosen).map(({ option }) => option));
      select.value = chosen;
    });
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }

  // Files that were chosen can be taken out again before they are sent.
  for (const input of all("input[type=file][data-remove]")) {
    const shown = document.getElementById(`${input.id}-chosen`);
    if (!shown) continue;
    const label = () => {
      [...shown.children].forEach((line, index) => {
        if (line.querySelector("button")) return;
        line.classList.add("chosen-line");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button button-small button-plain";
        button.textContent = "×";
        button.setAttribute("aria-label", `${input.dataset.remove}: ${line.textContent}`);
        button.addEventListener("click", () => {
          const rest = new DataTransfer();
          [...input.files].forEach((file, at) => { if (at !== index) rest.items.add(file); });
          input.files = rest.files;
          line.remove();
          for (const old of all("button", shown)) old.remove();
          label();
          input.focus();
        });
        line.append(button);
      });
    };
    new MutationObserver(label).observe(shown, { childList: true });
  }

  // A form is looked over while it is filled in. Only what was touched is spoken of; the rest is not wrong yet.
  const fieldOf = (form, name) => {
    const editor = [...form.elements].find((element) => element.name === name || (element.name || "").startsWith(`${name}.`));
    return editor && editor.closest(".field");
  };
  const tell = (form, name, text) => {
    const field = fieldOf(form, name);
    if (!field) return;
    const editor = field.querySelector("input:not([type=hidden]), select, textarea");
    let line = field.querySelector(":scope > .field-error");
    if (!text) {
      if (line) line.remove();
      field.classList.remove("field-wrong");
      if (editor) editor.removeAttribute("aria-invalid");
      return;
    }
    if (!line) {
      line = document.createElement("p");
      line.className = "field-error";
      if (editor) line.id = `${editor.id}-error`;
      field.querySelector(".field-label").after(line);
    }
    if (line.textContent !== text) line.textContent = text;
    field.classList.add("field-wrong");
    if (editor) {
      editor.setAttribute("aria-invalid", "true");
      if (!(editor.getAttribute("aria-describedby") || "").includes(line.id)) {
        editor.setAttribute("aria-describedby", `${line.id} ${editor.getAttribute("aria-describedby") || ""}`);
      }
    }
  };
  const sent = (form) => {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") values.append(name, value);
    return values;
  };
  for (const form of all("form[data-live]")) {
    const touched = new Set();
    const address = new URL(form.action).pathname;
    let changed = false;
    const check = rested(250, async () => {
      const answer = await fetch(`${address}/check`, { method: "POST", body: sent(form) }).catch(() => null);
      if (!answer || !answer.ok) return;
      const { problems } = await answer.json();
      for (const name of touched) {
        const problem = problems.find(({ field }) => field === name);
        tell(form, name, problem ? problem.text : "");
      }
    });
    form.addEventListener("change", (event) => {
      const name = (event.target.name || "").split(".")[0];
      changed = true;
      if (!name || event.target.type === "file") return;
      touched.add(name);
      check();
    });
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    // What was entered is kept every little while, and when the page is left.
    const note = document.createElement("span");
    note.className = "draft-kept";
    note.setAttribute("role", "status");
    const end = form.querySelector(".form-end");
    if (end) end.append(note);
    const keep = async (isLast) => {
      if (!changed) return;
      changed = false;
      const values = sent(form);
      values.append("form", address);
      if (isLast) { navigator.sendBeacon("/drafts", values); return; }
      const answer = await fetch("/drafts", { method: "POST", body: values }).catch(() => null);
      if (answer && answer.ok) note.textContent = form.dataset.draftKept;
    };
    setInterval(() => keep(false), 20000);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(true); });
  }

  // A form whose answer is a file leaves the page where it is, and can be sent again.
  for (const form of all("form[data-stays]")) {
    form.addEventListener("submit", (event) => {
      setTimeout(() => {
        delete form.dataset.sent;
        if (event.submitter) event.submitter.removeAttribute("aria-busy");
      }, 1500);
    });
  }
})();
