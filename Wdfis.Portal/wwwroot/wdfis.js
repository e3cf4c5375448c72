// The portal's own script: hiding the screen, keys that act outside fields. Drafts: drafts.js.
(() => {
    "use strict";
    const dialog = () => document.getElementById("hidden-screen"), lock = document.getElementById("locked-screen");
    // Not whether the lock's dialog is open: for a moment after Esc it is not, and what is behind it must not be taken for where to go back to.
    const locked = () => document.documentElement.classList.contains("locked");
    const covered = () => dialog()?.open || locked();
    const singleKeys = () => localStorage.getItem("wdfis-keys") !== "off";
    let back = null;

    // What covers everything comes off again to the same place in the same field.
    function cover(what) {
        if (!covered()) {
            const field = document.activeElement;
            let from = null, to = null;
            try { from = field.selectionStart; to = field.selectionEnd; } catch { /* not a text field */ }
            back = { field, from: from ?? null, to };
        }
        what.showModal();
    }
    function uncover(what) {
        what.close();
        if (covered()) return;
        if (back && back.field.isConnected) {
            back.field.focus({ preventScroll: true });
            if (back.from !== null) try { back.field.setSelectionRange(back.from, back.to); } catch { /* not a text field */ }
        }
        back = null;
    }
    function toggleScreen() {
        const screen = dialog();
        if (!screen || locked()) return;
        if (screen.open) uncover(screen); else cover(screen);
    }

    // The idle lock. The server decides and answers nothing while it holds; this covers the screen, and by its own clock when it is cut off.
    if (lock) {
        const nudge = document.getElementById("nudge"), root = document.documentElement;
        const idle = Number(lock.dataset.idle), nudgeFor = Math.min(Number(lock.dataset.nudge), idle / 2), pause = Math.min(30000, idle / 10);
        let last = Date.now(), sent = last, until = last + idle, asking = false;
        const seen = () => { if (!locked()) last = Date.now(); };
        for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) addEventListener(sign, seen, { capture: true, passive: true });
        function hide() { if (locked()) return; nudge.hidden = true; cover(lock); root.classList.add("locked"); }
        function show() { if (!locked()) return; root.classList.remove("locked"); uncover(lock); last = sent = Date.now(); }
        // Esc twice closes a dialog whatever it says.
        lock.addEventListener("close", () => { if (locked() && !lock.open) lock.showModal(); });
        async function ask(method) {
            if (asking) return;
            asking = true;
            try {
                const answer = await fetch(`session?of=${lock.dataset.session}`, { method, cache: "no-store", redirect: "manual" });
                if (answer.status === 423) hide();
                else if (answer.type === "opaqueredirect" || answer.status === 401) window.wdfis.leave("SessionEnded");
                else if (answer.status === 204) { until = Date.now() + Number(answer.headers.get("X-Locks-In")); show(); }
            } catch { /* cut off: the clock here goes on */ } finally { asking = false; }
        }
        setInterval(() => {
            const now = Date.now();
            if (locked()) { ask("GET"); return; }
            if (last > sent && now - sent >= pause) { sent = now; until = now + idle; nudge.hidden = true; ask("POST"); return; }
            if (now >= until) { hide(); ask("GET"); return; }
            const soon = until - now <= nudgeFor;
            if (soon) {
                const words = `The screen locks in ${Math.max(1, Math.round((until - now) / 60000))} min. Press a key or move the mouse to go on.`;
                if (nudge.textContent !== words) nudge.textContent = words;
                ask("GET");
            }
            nudge.hidden = !soon;
        }, Math.min(5000, idle / 10));
        document.addEventListener("visibilitychange", () => { if (!document.hidden) ask("GET"); });
        ask("POST");
        // Signs the colleague of a locked screen out.
        lock.addEventListener("click", async (e) => {
            if (!(e.target instanceof Element) || !e.target.closest("[data-leave]")) return;
            e.preventDefault();
            await fetch("sign-out", { method: "POST", redirect: "manual" }).catch(() => {});
            window.wdfis.leave("SessionEnded");
        });
    }

    const typing = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

    const isBox = (target) => target instanceof HTMLInputElement && target.type === "checkbox";

    // The rows of a list: J and K move, X chooses, Shift with J or K chooses on the way, Enter opens.
    function onRow(e) {
        const key = e.key.toLowerCase();
        if (!["j", "k", "x", "enter"].includes(key)) return false;
        const at = document.activeElement?.closest("[data-row]");
        if (key === "enter") {
            const link = at === document.activeElement ? at.querySelector("a") : null;
            link?.click();
            return link !== null;
        }
        if (key === "x") {
            at?.querySelector("input[type=checkbox]")?.click();
            return at !== null && at !== undefined;
        }
        const rows = [...document.querySelectorAll("[data-row]")];
        if (rows.length === 0) return false;
        const next = at ? rows[rows.indexOf(at) + (key === "j" ? 1 : -1)] : rows[key === "j" ? 0 : rows.length - 1];
        if (e.shiftKey) for (const row of [at, next]) {
            const box = row?.querySelector("input[type=checkbox]");
            if (box && !box.checked) box.click();
        }
        next?.focus({ preventScroll: true });
        next?.scrollIntoView({ block: "nearest" });
        return true;
    }

    // What is being typed into, until it has said that it was changed.
    let unsaid = null;
    document.addEventListener("input", (e) => { unsaid = e.target; }, true);
    document.addEventListener("change", () => { unsaid = null; }, true);
    document.addEventListener("keydown", (e) => {
        if (e.key === "F9") { e.preventDefault(); toggleScreen(); return; }
        // Ctrl+Enter finishes the form from wherever the typing is.
        if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && !covered()) {
            const finish = document.querySelector("[data-key-submit]");
            if (finish && !finish.disabled) {
                e.preventDefault();
                // The focus stays, so a text says for itself that it was changed: else what was typed last would not be sent.
                if (unsaid === e.target) e.target.dispatchEvent(new Event("change", { bubbles: true }));
                finish.click();
            }
            return;
        }
        // A list swallows Enter; in a form that is only lists it would never be sent.
        if (e.key === "Enter" && e.target instanceof HTMLSelectElement && e.target.form?.matches("[data-enter]")) { e.preventDefault(); e.target.form.requestSubmit(); return; }
        if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target) && !isBox(e.target) || covered()) return;
        if (!singleKeys()) return;
        if (onRow(e)) { e.preventDefault(); return; }
        const aim = document.querySelector(`[data-key="${CSS.escape(e.key.toLowerCase())}"]`);
        if (!aim || aim.disabled) return;
        e.preventDefault();
        if (typing(aim)) { aim.focus(); aim.select?.(); } else aim.click();
    });
    // Pressing the button must not take the focus from the field that it gives back.
    document.addEventListener("mousedown", (e) => { if (e.target instanceof Element && e.target.closest("[data-hide-screen]")) e.preventDefault(); });
    document.addEventListener("click", (e) => {
        if (e.target instanceof Element && e.target.closest("[data-hide-screen]")) toggleScreen();
        const aim = e.target instanceof Element && e.target.closest("[data-focus]");
        if (aim) document.querySelector(aim.dataset.focus)?.focus();
    });
    // A file goes by HTTP, never over the circuit; the page is loaded again when it has arrived.
    document.addEventListener("submit", (e) => {
        const form = e.target;
        if (!(form instanceof HTMLFormElement) || !form.dataset.upload) return;
        e.preventDefault();
        const file = form.querySelector("input[type=file]").files[0], says = form.querySelector("[data-upload-says]"), bar = form.querySelector("progress"), button = form.querySelector("button");
        if (!file) return;
        if (file.size > Number(form.dataset.upload)) { says.textContent = `This file is larger than ${Math.round(form.dataset.upload / 1e6)} MB. Choose another.`; return; }
        const sending = new XMLHttpRequest();
        const over = (words) => { says.textContent = words; bar.hidden = true; button.disabled = false; };
        sending.open("POST", form.action);
        sending.setRequestHeader("RequestVerificationToken", form.querySelector("[name=__RequestVerificationToken]").value);
        sending.upload.onprogress = (p) => { if (p.lengthComputable) bar.value = p.loaded * 100 / p.total; };
        sending.onload = () => sending.status === 204 ? location.reload() : over(sending.responseText.slice(0, 300) || "The file was not taken. Load the page again.");
        sending.onerror = () => over("The connection was cut. Choose the file again.");
        says.textContent = ""; bar.hidden = false; bar.value = 0; button.disabled = true;
        const data = new FormData(); data.append("file", file);
        sending.send(data);
    });
    // Esc must not uncover the screen by accident.
    document.addEventListener("cancel", (e) => { if (e.target === dialog() || e.target === lock) e.preventDefault(); }, true);

    window.wdfis = Object.assign(window.wdfis ?? {}, {
        // Where the browser does not let the page copy, the text is marked, so that Ctrl+C does.
        async copy(id) {
            const from = document.getElementById(id);
            try { await navigator.clipboard.writeText(from.textContent); return true; } catch { getSelection().selectAllChildren(from); return false; }
        },
        // The server closes this window: the session ended, or what the colleague may do was changed.
        leave(why) { if (why === "RowsChanged") location.reload(); else if (why === "SessionEnded") location.replace("/sign-in?ended=true"); },
        // Whether one key alone presses what shows it; with a word, from now on.
        singleKeys(on) { if (typeof on === "boolean") { if (on) localStorage.removeItem("wdfis-keys"); else localStorage.setItem("wdfis-keys", "off"); } return singleKeys(); },
        focus(selector) { const aim = document.querySelector(selector); aim?.focus(); },
    });
})();
