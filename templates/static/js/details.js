// What opens a panel names it by id. Where eQ's panel has none, neither has ours, and gets one here.
document.querySelectorAll('.ons-js-details:not([id])').forEach((panel, n) => {
    panel.id = `panel-${n + 1}`;
});
