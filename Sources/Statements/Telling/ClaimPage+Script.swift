extension ClaimPage {
    /// What the page does: the switch of languages, the filter, and the tips. It makes no markup.
    static let script: StaticString = """
        (function () {
          "use strict";
          var root = document.documentElement;
          var current = null, tip = null, pinned = false;

          function close() {
            if (!tip) return;
            tip.classList.remove("open");
            operands(false);
            current = tip = null;
            pinned = false;
          }
          function operands(isOn) {
            (current.getAttribute("data-from") || "").split(" ").forEach(function (name) {
              var figure = name && document.getElementById(name);
              if (figure) figure.classList.toggle("from", isOn);
            });
          }
          function open(mark) {
            if (mark === current) return;
            close();
            current = mark;
            tip = document.getElementById(mark.getAttribute("aria-describedby"));
            tip.classList.add("open");
            operands(true);
            place();
          }
          function place() {
            if (!tip || !current.getClientRects().length) return;
            var figure = current.getClientRects()[0], box = tip.getBoundingClientRect();
            var left = Math.max(16, Math.min(figure.left, root.clientWidth - box.width - 16));
            var below = figure.bottom + 2 + box.height < root.clientHeight || figure.top < box.height;
            tip.style.left = left + window.scrollX + "px";
            tip.style.top = (below ? figure.bottom + 2 : figure.top - 2 - box.height) + window.scrollY + "px";
          }
          function markOf(event) {
            var target = event.target;
            return target.closest ? target.closest("mark[aria-describedby]") : null;
          }
          function filter(verdict) {
            root.setAttribute("data-filter", verdict);
            document.querySelectorAll(".chip").forEach(function (chip) {
              chip.setAttribute("aria-pressed", String(chip.getAttribute("data-filter") === verdict));
            });
            document.querySelectorAll("article p").forEach(function (p) {
              p.hidden = verdict !== "" && !p.classList.contains("has-" + verdict);
            });
            document.querySelectorAll("article").forEach(function (article) {
              article.hidden = !article.querySelector("p:not([hidden])");
            });
            document.querySelectorAll("article mark").forEach(function (mark) {
              mark.classList.toggle("aside", verdict !== "" && !mark.classList.contains(verdict));
            });
            document.querySelectorAll(".findings").forEach(function (list) {
              list.hidden = verdict !== "" && list.getAttribute("data-verdict") !== verdict;
              if (list.tagName === "DETAILS" && verdict !== "") list.open = true;
            });
          }

          document.addEventListener("mouseover", function (event) {
            var mark = markOf(event);
            if (mark) { if (!pinned) open(mark); }
            else if (tip && !pinned && !tip.contains(event.target)) close();
          });
          document.addEventListener("focusin", function (event) {
            var mark = markOf(event);
            if (mark) open(mark);
          });
          document.addEventListener("focusout", function (event) { if (markOf(event) && !pinned) close(); });
          document.addEventListener("click", function (event) {
            var mark = markOf(event), chip = event.target.closest("[data-filter].chip");
            if (mark) { open(mark); pinned = true; }
            else if (tip && !tip.contains(event.target)) close();
            if (chip) {
              var wanted = chip.getAttribute("data-filter");
              filter(wanted !== "" && root.getAttribute("data-filter") === wanted ? "" : wanted);
            }
            if (event.target.closest("#switch")) root.lang = root.lang === "en" ? "zh-CN" : "en";
            if (event.target.closest(".findings a")) filter("");
          });
          document.addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });
          window.addEventListener("resize", place);
          window.addEventListener("beforeprint", function () {
            close();
            document.querySelectorAll("details").forEach(function (list) { list.open = true; });
          });
        })();

        """
}
