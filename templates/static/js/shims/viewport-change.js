// The package's own is missing from what it publishes. By width classes, not by `resize`: a phone's address
// bar or keyboard resizes the window, and the open menu would shut.
export default function onViewportChange(changed) {
    for (const width of [400, 500, 740, 980]) {
        window.matchMedia(`(min-width: ${width}px)`).addEventListener('change', changed);
    }
}
