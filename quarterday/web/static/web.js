// Everything works without this script. With it: govuk-frontend's components, and a word before a file too large is sent.
import { initAll } from "./govuk-frontend.min.js";

initAll();

for (const input of document.querySelectorAll("input[data-largest]")) {
  input.form.addEventListener("submit", (event) => {
    const file = input.files[0];
    const said = document.getElementById("file-too-large");
    if (said) said.remove();
    if (!file || file.size <= Number(input.dataset.largest)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const message = document.createElement("p");
    message.id = "file-too-large";
    message.className = "govuk-error-message";
    message.setAttribute("role", "alert");
    message.textContent = input.dataset.tooLarge;
    const group = input.closest(".govuk-form-group");
    group.classList.add("govuk-form-group--error");
    group.insertBefore(message, group.querySelector(".govuk-file-upload-wrapper, .govuk-drop-zone, input"));
  });
}
