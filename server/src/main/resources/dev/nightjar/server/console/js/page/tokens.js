// All access tokens of the server.
import { fill } from "../core/dom.js";
import { pageHead } from "../widget/page.js";
import { tokenSection } from "../tokens/list.js";

/** #/tokens */
export function tokensPage(root, _, signal) {
  fill(root, pageHead("Access tokens", "Who may call this server. A model's own tokens stand under its settings, too."), tokenSection({ signal }));
}
