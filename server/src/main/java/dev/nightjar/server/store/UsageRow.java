package dev.nightjar.server.store;

import java.time.LocalDate;

/**
 * What one caller used of one model on one day for one of its users.
 *
 * @param day UTC
 * @param callerId such as a token's id
 * @param callerName for people
 * @param model plain name of the model
 * @param user whom the requests named as theirs; empty where they named none
 * @param requests how many were answered, whether well or not
 * @param errors how many of them were answered with an error
 * @param promptTokens of inputs
 * @param completionTokens that were generated
 * @param cachedTokens of inputs, found in a cache
 */
public record UsageRow(
        LocalDate day,
        String callerId,
        String callerName,
        String model,
        String user,
        long requests,
        long errors,
        long promptTokens,
        long completionTokens,
        long cachedTokens) {

    private static final int MAX_LENGTH = 200;

    /** Shortens what is longer than the table takes. */
    public UsageRow {
        callerId = shortened(callerId);
        callerName = shortened(callerName);
        model = shortened(model);
        user = shortened(user);
    }

    /** The same figures for another user. */
    public UsageRow withUser(String value) {
        return new UsageRow(
                day,
                callerId,
                callerName,
                model,
                value,
                requests,
                errors,
                promptTokens,
                completionTokens,
                cachedTokens);
    }

    private static String shortened(String text) {
        return Column.shortened(text, MAX_LENGTH);
    }
}
