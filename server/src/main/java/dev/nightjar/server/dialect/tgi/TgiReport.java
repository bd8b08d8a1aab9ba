package dev.nightjar.server.dialect.tgi;

import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.OptionalLong;

/**
 * What an answer tells beside the generated text.
 *
 * @param isFullText whether the text begins with the input
 * @param hasDetails whether it tells of its tokens
 * @param hasInputDetails whether it tells of the input's tokens
 * @param numTop how many alternatives it lists beside each token
 * @param seed as the client gave it
 */
record TgiReport(
        boolean isFullText,
        boolean hasDetails,
        boolean hasInputDetails,
        int numTop,
        OptionalLong seed) {

    static TgiReport read(RequestObject parameters) {
        boolean hasDetails = parameters.get(TgiParameters.DETAILS).orElse(false);
        boolean hasInputDetails = parameters.get(TgiParameters.DECODER_INPUT_DETAILS).orElse(false);
        if (hasInputDetails && !hasDetails) {
            throw TgiParameters.refused(
                    TgiParameters.DECODER_INPUT_DETAILS, "is told with \"details\": true only");
        }
        if (hasInputDetails && parameters.field(TgiParameters.TRUNCATE.name()).isPresent()) {
            throw TgiParameters.refused(
                    TgiParameters.DECODER_INPUT_DETAILS, "cannot be told of a truncated input");
        }
        return new TgiReport(
                parameters.get(TgiParameters.RETURN_FULL_TEXT).orElse(false),
                hasDetails,
                hasInputDetails,
                parameters.get(TgiParameters.TOP_N_TOKENS).orElse(0),
                parameters
                        .field("seed")
                        .map(RequestField::integer)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()));
    }
}
