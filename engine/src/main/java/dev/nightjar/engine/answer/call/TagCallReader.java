package dev.nightjar.engine.answer.call;

import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.DeclaredTool;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.JsonStrings;
import dev.nightjar.engine.answer.syntax.Verdict;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a call whose arguments are tags and makes JSON of them, one argument at a time. Values are
 * text where the tool's schema says so, and otherwise JSON if they are valid JSON.
 */
final class TagCallReader implements CallReader {

    /** Longer names of tools and arguments are text. */
    private static final int MAX_NAME = 256;

    private enum State {
        NAME,
        BETWEEN,
        KEY,
        BEFORE_VALUE,
        VALUE
    }

    private final Calls calls;
    private final TagSyntax syntax;
    private final StringBuilder text = new StringBuilder();
    private State state = State.NAME;
    private Optional<DeclaredTool> tool = Optional.empty();
    private String key = "";
    private int numArguments;

    TagCallReader(Calls calls, TagSyntax syntax) {
        this.calls = calls;
        this.syntax = syntax;
    }

    @Override
    public Verdict accept(char c) {
        boolean isBetweenTags = state == State.BETWEEN || state == State.BEFORE_VALUE;
        if (isBetweenTags && text.isEmpty() && Character.isWhitespace(c)) {
            return Verdict.MORE;
        }
        text.append(c);
        return switch (state) {
            case NAME -> name();
            case BETWEEN -> between();
            case KEY -> key();
            case BEFORE_VALUE -> beforeValue();
            case VALUE -> value();
        };
    }

    @Override
    public void end(Ending ending) {
        if (state != State.NAME && ending == Ending.COMPLETE) {
            String held = calls.release();
            calls.arguments(numArguments == 0 ? "{}" : "}");
            if (!held.isBlank()) {
                calls.hold(held);
            }
        }
    }

    private Verdict name() {
        if (!syntax.nameEnd().isEmpty()) {
            return endsWith(syntax.nameEnd()) ? begin(cut(syntax.nameEnd())) : within();
        }
        if (endsWith(syntax.keyOpen())) {
            Verdict verdict = begin(cut(syntax.keyOpen()));
            state = State.KEY;
            return verdict;
        }
        if (endsWith(syntax.end())) {
            Verdict verdict = begin(cut(syntax.end()));
            return verdict == Verdict.MORE ? finish() : verdict;
        }
        return within();
    }

    private Verdict within() {
        return text.length() > MAX_NAME ? Verdict.WRONG : Verdict.MORE;
    }

    private Verdict begin(String raw) {
        String name = raw.strip();
        if (name.isEmpty() || name.chars().anyMatch(c -> " \n\t<>{}\"".indexOf(c) >= 0)) {
            return Verdict.WRONG;
        }
        tool = calls.tools().find(name);
        calls.begin(Optional.empty(), name);
        state = State.BETWEEN;
        return Verdict.MORE;
    }

    private Verdict between() {
        String tag = text.toString();
        if (tag.equals(syntax.keyOpen())) {
            text.setLength(0);
            state = State.KEY;
            return Verdict.MORE;
        }
        if (tag.equals(syntax.end())) {
            return finish();
        }
        boolean isPossible =
                Stream.of(syntax.keyOpen(), syntax.end()).anyMatch(known -> known.startsWith(tag));
        return isPossible ? Verdict.MORE : fail();
    }

    private Verdict key() {
        if (!endsWith(syntax.keyClose())) {
            return text.length() > MAX_NAME ? fail() : Verdict.MORE;
        }
        key = cut(syntax.keyClose()).strip();
        state = syntax.valueOpen().isEmpty() ? State.VALUE : State.BEFORE_VALUE;
        return Verdict.MORE;
    }

    private Verdict beforeValue() {
        String tag = text.toString();
        if (tag.equals(syntax.valueOpen())) {
            text.setLength(0);
            state = State.VALUE;
            return Verdict.MORE;
        }
        return syntax.valueOpen().startsWith(tag) ? Verdict.MORE : fail();
    }

    private Verdict value() {
        if (!endsWith(syntax.valueClose())) {
            return Verdict.MORE;
        }
        String json = ArgumentText.json(tool, key, withoutBreaks(cut(syntax.valueClose())));
        String separator = numArguments == 0 ? "{" : ", ";
        calls.arguments(separator + JsonStrings.quote(key) + ": " + json);
        numArguments++;
        state = State.BETWEEN;
        return Verdict.MORE;
    }

    private Verdict finish() {
        calls.arguments(numArguments == 0 ? "{}" : "}");
        calls.complete();
        return Verdict.DONE;
    }

    /** The arguments so far stand; what does not fit is text. */
    private Verdict fail() {
        String held = calls.release();
        calls.arguments(numArguments == 0 ? "{}" : "}");
        calls.complete();
        calls.hold(held);
        return Verdict.WRONG;
    }

    /** Models put long values on lines of their own. */
    private static String withoutBreaks(String value) {
        int start = value.startsWith("\n") ? 1 : 0;
        int end = value.length() > start && value.endsWith("\n") ? 1 : 0;
        return value.substring(start, value.length() - end);
    }

    private boolean endsWith(String tag) {
        int at = text.length() - tag.length();
        return at >= 0 && text.indexOf(tag, at) == at;
    }

    private String cut(String tag) {
        String before = text.substring(0, text.length() - tag.length());
        text.setLength(0);
        return before;
    }
}
