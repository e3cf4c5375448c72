// The portal's own script: hiding the screen, keys that act outside fields. Drafts: drafts.js.
(() => {
    "use strict";
    const dialog = () => document.getElementById("hidden-screen");
    let back = null;

    // F9 covers everything at once and comes back to the same place in the same field.
    function toggleScreen() {
        const cover = dialog();
        if (!cover) return;
        if (cover.open) {
            cover.close();
            if (back && back.field.isConnected) {
                back.field.focus({ preventScroll: true });
                if (back.from !== null) try { back.field.setSelectionRange(back.from, back.to); } catch { /* not a text field */ }
            }
            back = null;
        } else {
            const field = document.activeElement;
            let from = null, to = null;
            try { from = field.selectionStart; to = field.selectionEnd; } catch { /* not a text field */ }
            back = { field, from: from ?? null, to };
            cover.showModal();
        }
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

    document.addEventListener("keydown", (e) => {
        if (e.key === "F9") { e.preventDefault(); toggleScreen(); return; }
        // Ctrl+Enter finishes the form from wherever the typing is.
        if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && !dialog()?.open) {
            const finish = document.querySelector("[data-key-submit]");
            if (finish && !finish.disabled) { e.preventDefault(); finish.click(); }
            return;
        }
        // A list swallows Enter; in a form that is only lists it would never be sent.
        if (e.key === "Enter" && e.target instanceof HTMLSelectElement && e.target.form?.matches("[data-enter]")) { e.preventDefault(); e.target.form.requestSubmit(); return; }
        if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target) && !isBox(e.target) || dialog()?.open) return;
        if (localStorage.getItem("wdfis-keys") === "off") return;
        if (onRow(e)) { e.preventDefault(); return; }
        const aim = document.querySelector(`[data-key="${CSS.escape(e.key.toLowerCase())}"]`);
        if (!aim || aim.disabled) return;
        e.preventDefault();
        if (typing(aim)) { aim.focus(); aim.select?.(); } else aim.click();
    });
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
    document.addEventListener("cancel", (e) => { if (e.target === dialog()) e.preventDefault(); }, true);

    window.wdfis = Object.assign(window.wdfis ?? {}, {
        // Where the browser does not let the page copy, the text is marked, so that Ctrl+C does.
        async copy(id) {
            const from = document.getElementById(id);
            try { await navigator.clipboard.writeText(from.textContent); return true; } catch { getSelection().selectAllChildren(from); return false; }
        },
        focus(selector) { const aim = document.querySelector(selector); aim?.focus(); },
    });
})();
