/* What the elder pages gain from a script; without it every page works the same, only by hand.
   Reads the page aloud, counts three seconds before an emergency call, moves the focus to what must be
   repaired, and lets a form go out once although the button was pressed twice. Nothing moves by itself. */
(() => {
  "use strict";
  const one = (selector, from = document) => from.querySelector(selector);
  const on = (element, type, act) => element && element.addEventListener(type, act);

  /* ---- reading aloud ---- */
  const synth = window.speechSynthesis;
  const reader = one("[data-reader]"), noVoice = one("[data-no-voice]");
  const pause = one("[data-pause]"), again = one("[data-again]");
  const NOT_MANDARIN = /hk|yue|cantonese/i, PATIENCE = 1500, SLOW = 0.85;
  let pieces = [], at = 0, voice = null, run = 0;

  const allVoices = () => new Promise(done => {
    if (!synth || !window.SpeechSynthesisUtterance) return done([]);
    const there = synth.getVoices();
    if (there.length) return done(there);
    const late = setTimeout(() => done(synth.getVoices()), PATIENCE);
    synth.addEventListener("voiceschanged", () => { clearTimeout(late); done(synth.getVoices()); }, { once: true });
  });
  const mandarin = voices => {
    const chinese = voices.filter(v => /^(zh|cmn)/i.test(v.lang));
    return chinese.find(v => !NOT_MANDARIN.test(v.lang + v.name)) || chinese[0] || null;
  };
  /* Telephone numbers are read digit by digit; everything else as the page has it, in its order. */
  const spoken = text => text.replace(/12349|\b120\b|尾号 ?\d{4}/g, found => found.replace(/\d/g, d => d + " "));
  /* Short pieces: long ones are cut off after some seconds by some phones, and a pause can go on from here. */
  const readable = () => one("main:not([hidden])").innerText.split(/\n+|(?<=[。！？；])/).map(s => s.trim()).filter(Boolean).map(spoken);

  const speak = () => {
    const mine = ++run;
    const next = () => {
      if (mine !== run) return;
      if (at >= pieces.length) { label(); return; }
      const words = new SpeechSynthesisUtterance(pieces[at]);
      words.lang = "zh-CN"; words.voice = voice; words.rate = SLOW;
      words.onend = () => { if (mine === run) { at += 1; next(); } };
      synth.speak(words);
    };
    label("停一停");
    next();
  };
  const hush = () => { run += 1; if (synth) synth.cancel(); };
  const label = text => { pause.textContent = text || "再读一遍"; };

  on(one("[data-read]"), "click", async event => {
    event.preventDefault();
    voice = mandarin(await allVoices());
    if (!voice) { noVoice.hidden = false; noVoice.focus(); return; }
    hush();
    pieces = readable(); at = 0;
    reader.hidden = false;
    speak();
  });
  on(pause, "click", () => {
    if (pause.textContent === "停一停") { hush(); label("接着读"); }
    else { if (at >= pieces.length) at = 0; speak(); }
  });
  on(again, "click", () => { hush(); at = 0; speak(); });
  on(window, "pagehide", hush);

  /* ---- three seconds before the call ---- */
  const sos = one("[data-sos]"), screen = one("[data-countdown]");
  if (sos && screen) {
    const others = [...document.body.children].filter(e => e !== screen && !e.hidden && e.tagName !== "svg" && e.tagName !== "SCRIPT");
    const call = one("[data-call]", screen), cancel = one("[data-cancel]", screen);
    const count = one("[data-left]", screen), when = one("[data-when]", screen);
    let timer = 0;
    const show = (counting, seconds) => {
      others.forEach(e => { e.hidden = counting; });
      screen.hidden = !counting;
      count.textContent = seconds; when.textContent = seconds + " 秒后";
      cancel.textContent = "取消";
    };
    const stop = () => { clearInterval(timer); timer = 0; show(false, 3); };
    const dial = () => { when.textContent = "正在"; count.textContent = "0"; cancel.textContent = "回去"; call.click(); };
    on(sos, "click", event => {
      event.preventDefault();
      hush();
      let left = 3;
      show(true, left);
      scrollTo(0, 0);
      one("h1", screen).focus();
      clearInterval(timer);
      timer = setInterval(() => {
        left -= 1;
        if (left > 0) { count.textContent = left; when.textContent = left + " 秒后"; }
        else { clearInterval(timer); dial(); }
      }, 1000);
    });
    on(cancel, "click", () => { stop(); sos.focus(); });
    on(call, "click", () => clearInterval(timer));
    on(window, "pagehide", stop);
  }

  /* ---- what must be repaired; one form, one sending ---- */
  const fault = one("[data-fault]"), TWICE = 3000;
  if (fault) fault.focus();
  on(document, "submit", event => {
    const form = event.target;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, TWICE);      /* a lost connection must not lock the button for ever */
  });
})();
