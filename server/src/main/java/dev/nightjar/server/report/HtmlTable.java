package dev.nightjar.server.report;

/** A table; cells but the first two are numbers. */
final class HtmlTable {

    private final StringBuilder rows = new StringBuilder();

    HtmlTable(String... names) {
        append("th", names);
    }

    HtmlTable row(String... cells) {
        append("td", cells);
        return this;
    }

    private void append(String tag, String[] cells) {
        rows.append("<tr>");
        for (String cell : cells) {
            rows.append("<%s>%s</%s>".formatted(tag, Svg.escape(cell), tag));
        }
        rows.append("</tr>\n");
    }

    @Override
    public String toString() {
        return "<table>\n" + rows + "</table>\n";
    }
}
