package dev.nightjar.engine.answer.call;

import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a call whose name stands before its arguments, which are a JSON object: everything up to
 * the brace is its head.
 */
final class NamedCallReader implements CallReader {

    /** Longer heads are text. */
    private static final int MAX_HEAD = 256;

    private final Calls calls;
    private final Pattern head;
    private final List<String> closers;
    private final StringBuilder text = new StringBuilder();
    private ArgumentReader arguments;

    /**
     * A reader of one call.
     *
     * @param head matches what stands before the arguments; with groups {@code name} and perhaps
     *     {@code id}
     * @param closers what ends a call; right behind a head they stand for no arguments
     */
    NamedCallReader(Calls calls, Pattern head, List<String> closers) {
        this.calls = calls;
        this.head = head;
        this.closers = closers;
    }

    @Override
    public Verdict accept(char c) {
        if (arguments != null) {
            return inArguments(c);
        }
        if (c == '{') {
            Matcher match = head.matcher(text);
            if (!match.matches()) {
                return Verdict.WRONG;
            }
            calls.begin(id(match), match.group("name"));
            arguments = new ArgumentReader(calls);
            return inArguments(c);
        }
        text.append(c);
        if (isClosed()) {
            return Verdict.DONE;
        }
        return text.length() > MAX_HEAD ? Verdict.WRONG : Verdict.MORE;
    }

    @Override
    public void end(Ending ending) {
        if (arguments != null) {
            arguments.end(ending);
        }
    }

    private Verdict inArguments(char c) {
        Verdict verdict = arguments.accept(c);
        if (verdict != Verdict.MORE) {
            calls.complete();
        }
        return verdict;
    }

    /** A call without arguments. */
    private boolean isClosed() {
        for (String closer : closers) {
            int end = text.length() - closer.length();
            if (end > 0 && text.indexOf(closer, end) == end) {
                Matcher match = head.matcher(text.substring(0, end));
                if (match.matches()) {
                    calls.whole(id(match), match.group("name"), "{}");
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<String> id(Matcher match) {
        return head.namedGroups().containsKey("id")
                ? Optional.ofNullable(match.group("id"))
                : Optional.empty();
    }
}
