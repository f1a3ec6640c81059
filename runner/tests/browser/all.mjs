// All of it. With BASE, against the runner there; else against a demo of the built one, started and stopped
// here. The slower engines walk a few journeys, Chromium all of them. With PAGES, every kind of page goes through
// axe and the HTML checker too.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(here, '../../../target');
const SMOKE = ['first-journey', 'answer-radio-detail', 'answer-checkbox'];
const scripts = [
    ['chromium.mjs'], ['no_script.mjs'], ['keyboard.mjs', ...SMOKE], ...(process.env.PAGES ? [['pages.mjs']] : []), ['weight.mjs'], ['session.mjs'], ['lookup.mjs'],
    ['firefox.mjs', ...SMOKE], ['webkit.mjs', 'first-journey'], ['text.mjs', 'first-journey'],
];

/** Runs a script; its counts, and whether it ended well. */
function run([script, ...names]) {
    return new Promise((done) => {
        console.log(`\n${script} ${names.join(' ')}`);
        const child = spawn(process.execPath, [join(here, script), ...names], { stdio: ['ignore', 'pipe', 'inherit'] });
        let last = '';
        child.stdout.on('data', (bytes) => {
            process.stdout.write(bytes);
            last = (last + bytes).slice(-200);
        });
        child.on('close', (code) => {
            const [, passed = 0, failed = 1] = /(\d+) passed, (\d+) failed\s*$/.exec(last) ?? [];
            done({ passed: Number(passed), failed: Math.max(Number(failed), code ? 1 : 0) });
        });
    });
}

async function start() {
    const runner = ['release', 'debug'].map((profile) => join(target, profile, 'runner')).find(existsSync);
    if (!runner) throw new Error('build the runner first, or set BASE');
    const child = spawn(runner, ['demo'], { stdio: ['ignore', 'ignore', 'inherit'], cwd: join(here, '../../..') });
    process.env.BASE = 'http://127.0.0.1:5000';
    for (let tries = 0; tries < 100; tries++) {
        if (await fetch(`${process.env.BASE}/status`).then((reply) => reply.ok, () => false)) return child;
        await new Promise((wait) => setTimeout(wait, 200));
    }
    throw new Error('the runner does not answer');
}

const runner = process.env.BASE ? null : await start();
let passed = 0;
let failed = 0;
for (const script of scripts) {
    const counts = await run(script);
    passed += counts.passed;
    failed += counts.failed;
}
runner?.kill('SIGTERM');
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
