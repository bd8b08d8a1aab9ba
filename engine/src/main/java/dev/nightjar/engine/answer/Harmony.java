package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.MarkerFinder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer of several messages, each with a header that names its channel and perhaps whom it is
 * for: {@code
 * <|channel|>analysis<|message|>…<|end|><|start|>assistant<|channel|>final<|message|>…}. The prompt
 * ends within the first header.
 */
final class Harmony implements Place {

    static final String CHANNEL = "<|channel|>";
    static final String MESSAGE = "<|message|>";
    static final String START = "<|start|>";
    static final String END = "<|end|>";
    static final String CALL = "<|call|>";
    static final String RETURN = "<|return|>";
    static final String CONSTRAIN = "<|constrain|>";

    /** All markers, which are control tokens. */
    static final List<String> MARKERS =
            List.of(CHANNEL, MESSAGE, START, END, CALL, RETURN, CONSTRAIN);

    /** Longer headers are text. */
    private static final int MAX_HEADER = 256;

    private static final Pattern RECIPIENT = Pattern.compile("\\bto=([^\\s<]+)");
    private static final Pattern NAME_OF_CHANNEL = Pattern.compile("<\\|channel\\|>\\s*(\\w+)");
    private static final String FUNCTIONS = "functions.";

    private enum State {
        HEADER,
        BODY,
        BETWEEN
    }

    private final Calls calls;
    private final StringBuilder header = new StringBuilder();
    private final StringBuilder released = new StringBuilder();
    private final MarkerFinder ends = new MarkerFinder(List.of(START, CHANNEL, END, CALL, RETURN));
    private State state = State.HEADER;
    private HarmonyBody body;
    private Optional<HarmonyBody.Kind> last = Optional.empty();

    Harmony(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Place accept(char c) {
        switch (state) {
            case HEADER -> header(c);
            case BODY, BETWEEN -> message(c);
        }
        return this;
    }

    @Override
    public void end(Ending ending) {
        switch (state) {
            case HEADER -> {
                if (!isPlainHeader()) {
                    calls.writer().content(header);
                }
            }
            case BODY -> {
                body.accept(ends.rest());
                body.end(ending);
            }
            case BETWEEN -> calls.writer().content(ends.rest());
        }
    }

    private void header(char c) {
        header.append(c);
        int end = header.length() - MESSAGE.length();
        if (end >= 0 && header.indexOf(MESSAGE, end) == end) {
            open(header.substring(0, end));
        } else if (!mayBeHeader()) {
            String text = header.toString();
            open(CHANNEL + "final");
            for (int i = 0; i < text.length(); i++) {
                message(text.charAt(i));
            }
        }
    }

    /** Headers are short and begin with a marker or a recipient; models without them just talk. */
    private boolean mayBeHeader() {
        String text = header.toString().stripLeading();
        return header.length() <= MAX_HEADER
                && (text.isEmpty() || text.startsWith("<") || begins(text) || isAfterStart());
    }

    private static boolean begins(String text) {
        return text.startsWith("to=") || "to=".startsWith(text);
    }

    /** Behind a start marker, which names who speaks, everything is header. */
    private boolean isAfterStart() {
        return last.isPresent();
    }

    /** Whether a header that the end of the answer cut names nobody. */
    private boolean isPlainHeader() {
        String text = header.toString().strip();
        return !text.contains("to=")
                && (text.startsWith("<|") || last.isPresent() || text.isEmpty());
    }

    private void open(String text) {
        Matcher recipient = RECIPIENT.matcher(text);
        Matcher channel = NAME_OF_CHANNEL.matcher(text);
        String name = recipient.find() ? recipient.group(1) : "";
        body = new HarmonyBody(calls, kind(name, channel.find() ? channel.group(1) : "final"));
        header.setLength(0);
        body.begin(last, name.startsWith(FUNCTIONS) ? name.substring(FUNCTIONS.length()) : name);
        last = Optional.of(body.kind());
        state = State.BODY;
    }

    private HarmonyBody.Kind kind(String recipient, String channel) {
        boolean isCall =
                recipient.startsWith(FUNCTIONS) || calls.tools().find(recipient).isPresent();
        if (isCall && !calls.tools().isEmpty()) {
            return HarmonyBody.Kind.CALL;
        }
        boolean isThought = channel.equals("analysis") || !recipient.isEmpty();
        return isThought ? HarmonyBody.Kind.REASONING : HarmonyBody.Kind.CONTENT;
    }

    private void message(char c) {
        released.setLength(0);
        Optional<String> marker = ends.accept(c, released);
        if (state == State.BODY) {
            body.accept(released);
        } else if (!released.toString().isBlank()) {
            String text = released.toString();
            open(CHANNEL + "final");
            body.accept(text);
        }
        marker.ifPresent(this::close);
    }

    private void close(String marker) {
        if (state == State.BODY) {
            body.end(Ending.COMPLETE);
        }
        boolean isHeader = marker.equals(START) || marker.equals(CHANNEL);
        state = isHeader ? State.HEADER : State.BETWEEN;
        header.append(isHeader ? marker : "");
    }
}
