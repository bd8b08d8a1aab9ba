package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.text.CodePoints;
import dev.nightjar.tokenizer.jinja.text.Side;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.BoundArguments;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Value;

/** Methods that fill texts up to a width. */
final class PadMethods {
    private static final int TAB = 8;

    private PadMethods() {}

    /** Fills at a side, or at both. */
    static Method<Str> justify(Side filled) {
        return (self, arguments, runtime) -> {
            BoundArguments bound = arguments.bind("justify", "width", "fillchar");
            String fill = bound.text("fillchar", " ");
            if (CodePoints.length(fill) != 1) {
                throw JinjaException.type("the fill character must be exactly one");
            }
            bound.required("width");
            return Str.of(pad(self.value(), bound.integer("width", 0), fill, filled, runtime));
        };
    }

    private static String pad(String text, int width, String fill, Side filled, Runtime runtime) {
        int missing = Math.max(0, width - CodePoints.length(text));
        runtime.budget().text((long) text.length() + missing);
        int odd = missing & width & 1;
        int left =
                switch (filled) {
                    case LEFT -> missing;
                    case RIGHT -> 0;
                    case BOTH -> missing / 2 + odd;
                };
        return fill.repeat(left) + text + fill.repeat(missing - left);
    }

    static Value zeroFill(Str self, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("zfill", "width");
        bound.required("width");
        String text = self.value();
        boolean isSigned = text.startsWith("-") || text.startsWith("+");
        String sign = isSigned ? text.substring(0, 1) : "";
        int width = bound.integer("width", 0) - sign.length();
        return Str.of(sign + pad(text.substring(sign.length()), width, "0", Side.LEFT, runtime));
    }

    static Value expandTabs(Str self, Arguments arguments, Runtime runtime) {
        int size = arguments.bind("expandtabs", "tabsize").integer("tabsize", TAB);
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (int c : self.value().codePoints().toArray()) {
            if (c != '\t') {
                runtime.budget().text(1);
                text.appendCodePoint(c);
                column = c == '\n' || c == '\r' ? 0 : column + 1;
            } else if (size > 0) {
                int spaces = size - column % size;
                runtime.budget().text(spaces);
                text.repeat(' ', spaces);
                column += spaces;
            }
        }
        return Str.of(text.toString());
    }
}
