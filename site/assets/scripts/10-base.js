// What the pages gain when scripts run. Every page does its work without this file.
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // The language of the page changes without losing the place on it.
  for (const link of all("[data-language]")) {
    link.addEventListener("click", () => { link.hash = location.hash; });
  }

  // A row opens its record wherever it is clicked, except on its own links and buttons, or while text is selected.
  for (const row of all("tr[data-href]")) {
    row.addEventListener("click", (event) => {
      if (event.target.closest("a, button, input, select, label, summary")) return;
      if (String(getSelection()).length > 0) return;
      if (event.ctrlKey || event.metaKey) open(row.dataset.href, "_blank", "noopener");
      else location.assign(row.dataset.href);
    });
  }

  // A filter applies as soon as it is chosen. Typed and ticked ones wait for the button or the Enter key.
  for (const form of all("form[data-auto-submit]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select:not([data-refresh]), input[type=radio]")) form.requestSubmit();
    });
  }

  // Choosing an upper region asks the server for the ones under it.
  for (const select of all("select[data-refresh]")) {
    const button = document.getElementById(select.dataset.refresh);
    if (!button || !select.form) continue;
    button.hidden = true;
    select.addEventListener("change", () => select.form.requestSubmit(button));
  }

  // How many characters are left, counted as the server counts them: by code point.
  for (const input of all("[data-limit]")) {
    const shown = document.getElementById(`${input.id}-count`);
    if (!shown) continue;
    const limit = Number(input.dataset.limit);
    const count = () => {
      const left = limit - [...input.value].length;
      shown.textContent = (left < 0 ? shown.dataset.over : shown.dataset.left).replace("{count}", Math.abs(left));
      shown.classList.toggle("field-count-over", left < 0);
    };
    input.addEventListener("input", count);
    count();
  }

  // Photographs are made smaller before they are sent. Whatever cannot be read or would grow is sent as it is.
  const shrink = async (file, longest) => {
    // Of a picture that is no photograph, or is small, no pixel is lost.
    const isPhotograph = file.type === "image/jpeg" || file.type === "image/webp" || file.size > 2097152;
    if (!file.type.startsWith("image/") || !isPhotograph) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      const paint = canvas.getContext("2d");
      paint.fillStyle = "#fff";
      paint.fillRect(0, 0, canvas.width, canvas.height);
      paint.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const smaller = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
      if (!smaller || smaller.size >= file.size) return file;
      return new File([smaller], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
    } catch {
      return file;
    }
  };

  const sizeText = (bytes) => bytes < 1048576
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1048576).toFixed(1)} MB`;

  for (const input of all("input[type=file]")) {
    const shown = document.getElementById(`${input.id}-chosen`);
    const buttons = input.form ? all("button[type=submit]", input.form) : [];
    input.addEventListener("change", async () => {
      const chosen = [...input.files];
      const longest = Number(input.dataset.shrink);
      if (longest > 0 && chosen.length > 0) {
        for (const button of buttons) button.disabled = true;
        const sent = new DataTransfer();
        for (const file of chosen) sent.items.add(await shrink(file, longest));
        input.files = sent.files;
        for (const button of buttons) button.disabled = false;
      }
      if (!shown) return;
      shown.replaceChildren(...[...input.files].map((file) => {
        const line = document.createElement("li");
        line.textContent = `${file.name}（${sizeText(file.size)}）`;
        return line;
      }));
    });
  }

  // A copy button says that it copied.
  for (const button of all("[data-copy]")) {
    if (!navigator.clipboard) { button.hidden = true; continue; }
    button.hidden = false;
    const label = button.querySelector("[data-label]") || button;
    const before = label.textContent;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        label.textContent = button.dataset.copied || before;
        setTimeout(() => { label.textContent = before; }, 2000);
      } catch {
        button.hidden = true;
      }
    });
  }

  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // A form is sent once. The button stays in the form's data, so it is marked busy rather than disabled.
  for (const form of all("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    });
  }
  addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) delete form.dataset.sent;
    for (const button of all("[aria-busy]")) button.removeAttribute("aria-busy");
  });

  // Menus close on Escape and on a click elsewhere.
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  // Errors come first: whoever reads by ear or by keyboard starts at the list of them.
  const errors = document.getElementById("errors");
  if (errors) errors.focus();
})();
