// Warns before a session ends, and keeps it alive while somebody is working.
//
// Our own, not the package's: that one opens its dialogue at once when the session ends more than 24.8 days
// ahead (longer than a timer can run), and again although the session was extended meanwhile.

const LONGEST_TIMER = 2 ** 31 - 1;
const CHECK_EVERY = 20_000; // while the dialogue is open, ask whether another tab has extended the session
const EXTEND_EVERY = 61_000; // at most one extension a minute, however busy the respondent is
const ACTIVITY = ['click', 'mousemove', 'mousedown', 'scroll', 'keydown', 'touchstart'];

class Timeout {
    constructor(dialog) {
        this.dialog = dialog;
        this.endpoint = dialog.dataset.serverSessionExpiryEndpoint;
        this.warning = Number(dialog.dataset.showModalTime) * 1000;
        this.seen = dialog.querySelector('.ons-js-timeout-timer');
        this.heard = dialog.querySelector('.ons-js-timeout-timer-acc');
        this.extending = false;

        dialog.querySelector('.ons-js-modal-btn').addEventListener('click', () => this.close());
        dialog.addEventListener('cancel', (event) => {
            event.preventDefault();
            this.close();
        });
        for (const kind of ACTIVITY) {
            window.addEventListener(kind, () => this.active(), { passive: true });
        }
        // A sleeping computer stops its timers: look again when the respondent comes back.
        document.addEventListener('visibilitychange', () => document.hidden || dialog.open || this.wait());

        this.end = Date.parse(dialog.dataset.serverSessionExpiresAt);
        this.wait();
    }

    left() {
        return this.end - Date.now();
    }

    /** Until the warning is due; a session of unknown end is not warned about. */
    wait() {
        clearTimeout(this.waiting);
        if (Number.isNaN(this.end)) return;
        const until = this.left() - this.warning;
        this.waiting = setTimeout(() => (until > LONGEST_TIMER ? this.wait() : this.open()), Math.min(until, LONGEST_TIMER));
    }

    /** Asks for the end of the session (GET) or extends it (PATCH). False when it could not be learned. */
    async ask(method) {
        try {
            const reply = await fetch(this.endpoint, { method, cache: 'no-store', credentials: 'same-origin' });
            if (reply.status === 401) {
                this.leave();
                return false;
            }
            if (!reply.ok) return false;
            const end = Date.parse((await reply.json()).expires_at);
            if (Number.isNaN(end)) return false;
            this.end = end;
            return true;
        } catch {
            return false; // Offline: the next check or the next page will tell.
        }
    }

    active() {
        if (this.extending || this.dialog.open) return;
        this.extending = true;
        setTimeout(async () => {
            if (!this.dialog.open && (await this.ask('PATCH'))) this.wait();
            this.extending = false;
        }, EXTEND_EVERY);
    }

    async open() {
        await this.ask('GET');
        if (this.dialog.open) return;
        if (this.left() > this.warning) {
            this.wait(); // Extended by another tab, or this clock is wrong.
            return;
        }
        this.dialog.classList.add('ons-u-db');
        document.body.classList.add('ons-modal-overlay');
        this.dialog.showModal();
        this.checking = setInterval(() => this.recheck(), CHECK_EVERY);
        this.tell(true);
        this.ticking = setInterval(() => this.tell(false), 1000);
    }

    async recheck() {
        await this.ask('GET');
        if (this.left() > this.warning) this.resume();
    }

    /** Says how long is left: each second for the eye, each quarter of a minute for the ear. */
    tell(first) {
        const seconds = Math.ceil(this.left() / 1000);
        if (seconds <= 0) {
            this.finish();
            return;
        }
        const { dataset } = this.dialog;
        const amount = (count, singular, plural) => (count ? `${count} ${count === 1 ? singular : plural}` : '');
        const time = [
            amount(Math.floor(seconds / 60), dataset.minutesTextSingular, dataset.minutesTextPlural),
            amount(seconds % 60, dataset.secondsTextSingular, dataset.secondsTextPlural),
        ].filter(Boolean).join(' ');
        const strong = document.createElement('span');
        strong.className = 'ons-u-fw-b';
        strong.textContent = time;
        const stop = dataset.fullStop ? '.' : '';
        this.seen.replaceChildren(`${dataset.countdownText} `, strong, stop);
        if (seconds < 20) this.heard.setAttribute('aria-live', 'assertive');
        if (first || seconds % 15 === 0) this.heard.textContent = `${dataset.countdownText} ${time}${stop}`;
    }

    async finish() {
        clearInterval(this.ticking);
        clearInterval(this.checking);
        const known = await this.ask('GET');
        if (known && this.left() > this.warning) {
            this.resume();
            return;
        }
        this.seen.textContent = this.heard.textContent = this.dialog.dataset.countdownExpiredText;
        setTimeout(() => this.leave(), 2000);
    }

    async close() {
        this.shut();
        if (await this.ask('PATCH')) this.wait();
        else this.waiting = setTimeout(() => this.open(), 5000); // Offline: say again that time is short.
    }

    resume() {
        this.shut();
        this.wait();
    }

    shut() {
        clearInterval(this.ticking);
        clearInterval(this.checking);
        this.dialog.classList.remove('ons-u-db');
        document.body.classList.remove('ons-modal-overlay');
        if (this.dialog.open) this.dialog.close();
    }

    leave() {
        window.location.replace(this.dialog.dataset.redirectUrl);
    }
}

const dialog = document.querySelector('.ons-js-timeout-modal');
if (dialog) new Timeout(dialog);
