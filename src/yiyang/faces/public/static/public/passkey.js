// Passkeys: the page carries the options, the browser's answer goes into the form it stands beside.
"use strict";
(() => {
  const bytes = (text) => {
    const padded = text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4);
    return Uint8Array.from(atob(padded), (sign) => sign.charCodeAt(0));
  };
  const text = (buffer) => {
    const signs = Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join("");
    return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const make = async (options) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
      },
    });
    return {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
      made,
    };
  };
  const show = async (options) => {
    const made = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: known(options.allowCredentials),
      },
    });
    return {
      authenticatorData: text(made.response.authenticatorData),
      clientDataJSON: text(made.response.clientDataJSON),
      signature: text(made.response.signature),
      made,
    };
  };

  for (const box of document.querySelectorAll("[data-passkey]")) {
    const form = document.querySelector("form.form");
    const says = box.querySelector("[role=status]");
    if (!form || !window.PublicKeyCredential) {
      says.textContent = "这个浏览器不支持通行密钥，请用手机验证码。";
      continue;
    }
    const button = box.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", async () => {
      says.textContent = "请按浏览器的提示操作……";
      try {
        const act = box.dataset.passkey === "make" ? make : show;
        const { made, ...response } = await act(JSON.parse(box.dataset.options));
        form.elements.passkey.value = JSON.stringify({
          id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {},
        });
        form.submit();
      } catch {
        says.textContent = "没有完成：您取消了，或者这台设备上没有登记过。可以再试，或者用手机验证码。";
      }
    });
  }
})();
