package dev.nightjar.bench.schema;

import com.networknt.schema.Error;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where we follow what OpenAI's service sends rather than what its description says.
 *
 * @param component of the description
 * @param place in the answer
 * @param why we differ
 */
record Deviations(String component, Pattern place, String why) {

    private static final List<Deviations> KNOWN =
            List.of(
                    of(
                            "CreateCompletionResponse",
                            "/choices/\\d+/finish_reason",
                            "null in all chunks of a stream but the last; the description has no"
                                    + " component of its own for chunks"),
                    of(
                            "CreateCompletionResponse",
                            "/usage",
                            "null in all chunks but the last, as the description's text on"
                                    + " include_usage says"),
                    of(
                            "CreateCompletionResponse",
                            "/choices/\\d+/logprobs/(token_logprobs|top_logprobs)/0",
                            "null for the first token of an echoed prompt, which nothing"
                                    + " precedes"));

    /** The other branch of "an object or null", which is reported beside what the object lacks. */
    private static final String NULL_BRANCH = "object found, null expected";

    /** Whether an error of validation is one of these, or comes along with one. */
    static boolean isKnown(String component, Error error) {
        return error.getMessage().contains(NULL_BRANCH) || isListed(component, error);
    }

    private static boolean isListed(String component, Error error) {
        return error.getInstanceNode() != null
                && error.getInstanceNode().isNull()
                && KNOWN.stream()
                        .anyMatch(
                                known ->
                                        known.component.equals(component)
                                                && known.place
                                                        .matcher(
                                                                error.getInstanceLocation()
                                                                        .toString())
                                                        .matches());
    }

    /** What is known, for the report. */
    static List<Deviations> known() {
        return KNOWN;
    }

    private static Deviations of(String component, String place, String why) {
        return new Deviations(component, Pattern.compile(place), why);
    }
}
