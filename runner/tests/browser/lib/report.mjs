// Counts what passed and what failed, says each failure, and ends a script: a last line that tells, and an
// exit code that is not zero when something failed or nothing ran.
let passed = 0;
let failed = 0;

export function pass() {
    passed++;
}

export function fail(what, why) {
    failed++;
    console.log(`FAILED ${what}\n       ${String(why?.message ?? why).replaceAll('\n', '\n       ')}`);
}

/** Runs one check; what it throws is its failure. */
export async function check(what, doing) {
    try {
        await doing();
        pass();
    } catch (error) {
        fail(what, error);
    }
}

/** For steps that a browser cannot take: said aloud, counted neither way. */
export function skip(what, why) {
    console.log(`skipped ${what}: ${why}`);
}

export function finish() {
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed || !passed ? 1 : 0);
}
