package dev.nightjar.server.report;

import java.util.List;

/** How the page looks. */
final class PageStyle {

    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <style>
            :root { color-scheme: light dark; --ink: #1b1e28; --soft: #667085; --paper: #f6f7f9;
              --card: #ffffff; --rule: #e4e7ec; --c0: #3056d3; --c1: #e0702b; --c2: #148f77;
              --c3: #9b3fb5; --c4: #b8860b; --c5: #c2334d; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e8eaf0; --soft: #98a2b3;
              --paper: #12141b; --card: #1b1f2a; --rule: #2e3442; --c0: #7d9bff; --c1: #ff9a5c;
              --c2: #4fd0b3; --c3: #d68bea; --c4: #e3b94c; --c5: #ff7d92; } }
            body { margin: 0; background: var(--paper); color: var(--ink);
              font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
            main { max-width: 960px; margin: 0 auto; padding: 40px 20px 64px; }
            h1 { font-size: 28px; letter-spacing: -0.01em; margin: 0 0 4px; }
            h2 { font-size: 18px; margin: 0 0 8px; overflow-wrap: anywhere; }
            h3 { font-size: 14px; font-weight: 600; color: var(--soft); margin: 20px 0 2px; }
            .machine { color: var(--soft); margin: 0; font-size: 13px; }
            section { background: var(--card); border: 1px solid var(--rule); border-radius: 12px;
              padding: 22px 24px; margin-top: 24px; }
            svg { display: block; width: 100%%; height: auto; margin: 6px 0; }
            text { font: 12px system-ui, sans-serif; fill: var(--soft); }
            text.label { fill: var(--ink); font-size: 13px; }
            text.value { fill: var(--ink); font-variant-numeric: tabular-nums; }
            .grid { stroke: var(--rule); }
            .roof { stroke: var(--soft); stroke-width: 2; stroke-dasharray: 6 4; }
            .whisker { stroke: var(--ink); stroke-opacity: 0.55; stroke-width: 1.5; }
            .stroke { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
            .s0 { --c: var(--c0); } .s1 { --c: var(--c1); } .s2 { --c: var(--c2); }
            .s3 { --c: var(--c3); } .s4 { --c: var(--c4); } .s5 { --c: var(--c5); }
            .fill { fill: var(--c); fill-opacity: 0.9; } .stroke { stroke: var(--c); }
            .legend { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px; margin: 0; }
            .legend span::before { content: ""; display: inline-block; width: 10px; height: 10px;
              border-radius: 3px; margin-right: 7px; background: var(--c); }
            details { margin-top: 10px; } summary { cursor: pointer; color: var(--soft);
              font-size: 13px; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-size: 13px; margin-top: 8px; width: 100%%;
              font-variant-numeric: tabular-nums; }
            th { color: var(--soft); font-weight: 500; }
            th, td { text-align: right; padding: 4px 10px; border-bottom: 1px solid var(--rule);
              white-space: nowrap; }
            th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; }
            </style></head><body><main>
            <h1>%1$s</h1>
            """;

    private PageStyle() {}

    static String head(String title) {
        return HEAD.formatted(Svg.escape(title));
    }

    /** Names with their colours. */
    static String legend(List<String> names) {
        StringBuilder legend = new StringBuilder("<p class=\"legend\">");
        for (int i = 0; i < names.size(); i++) {
            legend.append(
                    "<span class=\"s%d\">%s</span>".formatted(i % 6, Svg.escape(names.get(i))));
        }
        return legend.append("</p>\n").toString();
    }

    /** A table that opens on a click. */
    static String folded(HtmlTable table) {
        return "<details><summary>Figures</summary><div class=\"wide\">"
                + table
                + "</div></details>\n";
    }
}
