package dev.nightjar.server.load;

import dev.nightjar.server.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run in figures.
 *
 * @param numRequests sent or due
 * @param numComplete whole answers
 * @param errors how many of each kind
 * @param seconds from the first request to the last end
 * @param numTokens generated in whole answers; for vectors, tokens of their texts
 * @param firstToken milliseconds to the first text
 * @param interToken milliseconds between one text and the next, of all answers together
 * @param endToEnd milliseconds to the end
 * @param lateness milliseconds by which requests were sent too late
 * @param numGood whole answers within both targets
 */
public record LoadSummary(
        int numRequests,
        int numComplete,
        Map<String, Integer> errors,
        double seconds,
        long numTokens,
        Sample firstToken,
        Sample interToken,
        Sample endToEnd,
        Sample lateness,
        int numGood) {

    /**
     * Latencies that users accept.
     *
     * @param firstTokenMillis to the first text
     * @param perTokenMillis for each further token on average
     */
    public record Targets(double firstTokenMillis, double perTokenMillis) {

        boolean areMetBy(RequestOutcome outcome) {
            return outcome.timeToFirstTokenMillis() <= firstTokenMillis
                    && outcome.perTokenMillis() <= perTokenMillis;
        }
    }

    /** Sums up; only whole answers count but in the errors. */
    public static LoadSummary of(List<RequestOutcome> outcomes, Targets targets) {
        List<RequestOutcome> complete =
                outcomes.stream().filter(RequestOutcome::isComplete).toList();
        Map<String, Integer> errors = new TreeMap<>();
        outcomes.forEach(
                outcome -> outcome.error().ifPresent(kind -> errors.merge(kind, 1, Integer::sum)));
        List<Double> gaps = new ArrayList<>();
        for (RequestOutcome outcome : complete) {
            for (double gap : outcome.gapsMillis()) {
                gaps.add(gap);
            }
        }
        long begin = outcomes.stream().mapToLong(RequestOutcome::dueNanos).min().orElse(0);
        long end = outcomes.stream().mapToLong(RequestOutcome::endNanos).max().orElse(0);
        return new LoadSummary(
                outcomes.size(),
                complete.size(),
                errors,
                (end - begin) / 1e9,
                complete.stream().mapToLong(RequestOutcome::numTokens).sum(),
                sample(complete.stream().map(RequestOutcome::timeToFirstTokenMillis).toList()),
                sample(gaps),
                sample(complete.stream().map(RequestOutcome::endToEndMillis).toList()),
                sample(complete.stream().map(LoadSummary::lateness).toList()),
                (int) complete.stream().filter(targets::areMetBy).count());
    }

    private static Sample sample(List<Double> values) {
        return Sample.of(values);
    }

    private static double lateness(RequestOutcome outcome) {
        return (outcome.sentNanos() - outcome.dueNanos()) / 1e6;
    }

    /** Whole answers per second. */
    public double requestsPerSecond() {
        return seconds > 0 ? numComplete / seconds : 0;
    }

    /** Of whole answers, over the whole run. */
    public double tokensPerSecond() {
        return seconds > 0 ? numTokens / seconds : 0;
    }

    /** Whole answers within the targets, per second. */
    public double goodput() {
        return seconds > 0 ? numGood / seconds : 0;
    }
}
