// A password that was typed can be looked at, by whoever is alone with the screen.
"use strict";

(() => {
  for (const button of document.querySelectorAll("button[data-reveal]")) {
    const input = document.getElementById(button.dataset.reveal);
    if (!input) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const isShown = input.type === "text";
      input.type = isShown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!isShown));
      input.focus();
    });
    // What is kept by the browser and what is sent is a password again.
    if (input.form) input.form.addEventListener("submit", () => { input.type = "password"; });
  }
})();
