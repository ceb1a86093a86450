// Sends without leaving the page and fetches what was pushed meanwhile; without it the form works all the same.
"use strict";
(function () {
  const form = document.getElementById("say");
  const talk = document.getElementById("talk");
  const words = document.getElementById("words");
  const fault = document.getElementById("fault");
  let busy = false;

  function bubbles() {
    return document.getElementById("bubbles");
  }

  function down() {
    talk.scrollTop = talk.scrollHeight;
  }

  function show(html) {
    talk.innerHTML = html; // made and escaped by this page's own server
    form.elements.key.value = bubbles().dataset.key;
    down();
  }

  function last() {
    const mine = talk.querySelectorAll(".bubble.mine");
    if (mine.length && mine[mine.length - 1].offsetTop < talk.scrollTop + talk.offsetTop) {
      mine[mine.length - 1].scrollIntoView(); // a long answer is read from its beginning
    }
  }

  function waiting(text) {
    const item = document.createElement("li");
    item.className = "bubble mine waiting";
    const who = document.createElement("span");
    who.className = "who";
    who.textContent = "我";
    const said = document.createElement("div");
    said.className = "said";
    said.textContent = text;
    item.append(who, said);
    bubbles().append(item);
    down();
    return item;
  }

  async function send(body, text) {
    busy = true;
    const item = waiting(text);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "1" } });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.text());
      last();
      fault.hidden = true;
    } catch {
      // The key stays the same, so sending again cannot record twice.
      item.remove();
      words.value = text;
      fault.hidden = false;
    } finally {
      busy = false;
    }
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    const pressed = event.submitter && event.submitter.name ? event.submitter : null;
    const body = new URLSearchParams(new FormData(form));
    if (pressed) body.set(pressed.name, pressed.value);
    const text = pressed ? pressed.value : words.value.trim();
    if (busy || !text) return;
    if (!pressed) words.value = "";
    send(body, text);
  });

  words.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  async function look() {
    if (busy || document.hidden) return;
    const query = new URLSearchParams({ who: form.elements.who.value, state: bubbles().dataset.state });
    try {
      const answer = await fetch("/talk?" + query);
      if (answer.status === 200 && !busy) show(await answer.text());
    } catch {
      // The service is away for a moment; the next look will tell.
    }
  }

  setInterval(look, 4000);
  window.addEventListener("focus", look);
  down();
})();
