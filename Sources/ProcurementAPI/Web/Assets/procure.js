// The pages do all of this without scripts too; this makes some of it quicker.
"use strict";

// A filter is applied as soon as it is chosen.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// On a narrow screen the menu shows where the reader is.
const here = document.querySelector(".top nav [aria-current]");
if (here) here.scrollIntoView({ block: "nearest", inline: "center" });

// What cannot be undone is asked about first.
document.addEventListener("submit", (event) => {
  const question = event.submitter && event.submitter.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
  else if (event.submitter) setTimeout(() => { event.submitter.disabled = true; });
});

// A report's form grows while it is filled in.
for (const table of document.querySelectorAll("table[data-grows]")) {
  table.addEventListener("input", () => {
    const rows = table.tBodies[0].rows;
    const last = rows[rows.length - 1];
    if (![...last.querySelectorAll("input")].some((field) => field.value)) return;
    const next = last.cloneNode(true);
    for (const field of next.querySelectorAll("input")) field.value = "";
    last.after(next);
  });
}

// A line tells when something has changed since the page was made; nothing moves by itself. Of several pages that stand
// open one follows for all of them: a browser holds few connections to a server.
const live = document.querySelector("[data-live]");
if (live && window.EventSource) {
  const types = ["alert", "job", "order", "report", "transfer"];
  const pages = new BroadcastChannel("live");
  const tell = (type) => {
    if (live.dataset.live.split(",").includes(type)) live.hidden = false;
  };
  pages.onmessage = (message) => tell(message.data);
  // It follows until it is left, and then another one does.
  const follow = () => new Promise(() => {
    const source = new EventSource("/v1/events?types=" + types);
    source.addEventListener("open", () => { live.dataset.follows = ""; });
    for (const type of types) {
      source.addEventListener(type, () => {
        tell(type);
        pages.postMessage(type);
      });
    }
  });
  if (navigator.locks) navigator.locks.request("live", follow);
  else follow();
}
