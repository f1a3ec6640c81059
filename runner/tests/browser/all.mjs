// All of it. With BASE, against the runner there; else against a demo of the built one, started and stopped
// here. The slower engines walk a few journeys, Chromium all of them. Two scripts run side by side, as browsers wait
// more than they work; what each says is printed when it ends.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder, startRunner } from './lib/runner.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const SMOKE = ['first-journey', 'answer-radio-detail', 'answer-checkbox'];
// Together they lead to every kind of page.
const KINDS = ['introduction', 'interstitial', 'calculated-summary', 'grand-calculated-summary', 'section-summary', 'hub', 'list-collector', 'relationships', 'individual-response', 'thank-you'];
// The longest first, so that the lanes end together.
const scripts = [
    ['pages.mjs'], ['conditions.mjs'], ['keyboard.mjs', ...SMOKE, ...KINDS], ['no_script.mjs'], ['naughty.mjs'], ['text.mjs', 'first-journey'], ['firefox.mjs', ...SMOKE],
    ['webkit.mjs', 'first-journey'], ['session.mjs'], ['lookup.mjs'], ['weight.mjs'], ['pdf.mjs'],
];
const LANES = 2;

/** The longest takes some eight minutes. Once in a long while a browser neither answers nor ends. */
const LONGEST_MINUTES = 20;

/** Runs a script; its counts, and whether it had to be ended. */
function run([script, ...names]) {
    return new Promise((done) => {
        const began = Date.now();
        // In a group of its own, so that what hangs ends with all that it started.
        const child = spawn(process.execPath, [join(here, script), ...names], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
        let hangs = false;
        const patience = setTimeout(() => {
            hangs = true;
            process.kill(-child.pid, 'SIGKILL');
        }, LONGEST_MINUTES * 60_000);
        const said = [];
        child.stdout.on('data', (bytes) => said.push(bytes));
        child.on('close', (code) => {
            clearTimeout(patience);
            const text = Buffer.concat(said).toString();
            const [, passed = 0, failed = 1] = /(\d+) passed, (\d+) failed\s*$/.exec(text) ?? [];
            console.log(`\n${script} ${names.join(' ')}\n${text}${Math.round((Date.now() - began) / 1000)} s`);
            done({ passed: Number(passed), failed: Math.max(Number(failed), code ? 1 : 0), hangs });
        });
    });
}

/** A script that hung is begun once more; one that fails is not. */
async function runWell(script) {
    const counts = await run(script);
    if (!counts.hangs) return counts;
    console.log(`${script[0]} did not end within ${LONGEST_MINUTES} minutes: once more`);
    return run(script);
}

const folder = process.env.BASE ? null : await makeFolder();
const runner = folder && await startRunner(folder);
if (runner) process.env.BASE = runner.base;
let passed = 0;
let failed = 0;
async function lane() {
    for (let script = scripts.shift(); script; script = scripts.shift()) {
        const counts = await runWell(script);
        passed += counts.passed;
        failed += counts.failed;
    }
}
await Promise.all(Array.from({ length: LANES }, lane));
await runner?.stop();
await folder?.remove();
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
