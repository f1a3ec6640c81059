// What the specification has in `noscript` alone, and everyone is to read.
for (const place of document.querySelectorAll('[data-also]')) {
    const paragraph = document.createElement('p');
    paragraph.textContent = place.dataset.also;
    place.append(paragraph);
}
