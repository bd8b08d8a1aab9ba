// What screen readers are told, politely: when they have finished what they were saying.

/** Says a text once. */
export function announce(text) {
  const place = document.getElementById("announcer");
  const line = document.createElement("p");
  line.textContent = text;
  place.append(line);
  while (place.childElementCount > 6) {
    place.firstElementChild.remove();
  }
}
