package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.value.Runtime;

/** Text in HTML. */
final class Markup {
    private Markup() {}

    /** The text with the five special characters of HTML as entities. */
    static String escape(String text, Runtime runtime) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '\'' -> escaped.append("&#39;");
                case '"' -> escaped.append("&#34;");
                default -> escaped.append(c);
            }
        }
        runtime.budget().text(escaped.length());
        return escaped.toString();
    }
}
