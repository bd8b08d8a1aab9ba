package dev.nightjar.engine.answer.call;

import dev.nightjar.engine.answer.part.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How calls are found in an answer.
 *
 * @param openers markers that announce a call anywhere, with what reads on behind them
 * @param bare characters that begin a call without any marker, but only where nothing else was
 *     said; their readers get them, too
 * @param closers what stands behind calls and means nothing
 */
public record CallSyntax(
        Map<String, Function<Calls, CallReader>> openers,
        Map<Character, Function<Calls, CallReader>> bare,
        List<String> closers) {

    /** Copies all of it. */
    public CallSyntax {
        openers = Map.copyOf(openers);
        bare = Map.copyOf(bare);
        closers = List.copyOf(closers);
    }

    /** No calls at all. */
    public static CallSyntax none() {
        return new CallSyntax(Map.of(), Map.of(), List.of());
    }

    /** Markers and no bare calls. */
    static CallSyntax marked(
            Map<String, Function<Calls, CallReader>> openers, List<String> closers) {
        return new CallSyntax(openers, Map.of(), closers);
    }

    /** The markers that matter, closers only behind a call. */
    public List<String> markers(List<String> silent, boolean isAfterCall) {
        Set<String> markers = new TreeSet<>(openers.keySet());
        markers.addAll(silent);
        if (isAfterCall) {
            markers.addAll(closers);
        }
        return new ArrayList<>(markers);
    }
}
