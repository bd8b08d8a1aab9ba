package dev.nightjar.tokenizer.pipeline;

/**
 * A token that is found in a text before the model sees it.
 *
 * @param id its id
 * @param content how it is spelled
 * @param isSingleWord whether it is found only where no word character stands beside it
 * @param stripsLeft whether white space before it belongs to it
 * @param stripsRight whether white space after it belongs to it
 * @param isNormalized whether it is found in the normalized text, by its normalized spelling
 * @param isSpecial whether it steers the model and is no text
 */
public record AddedToken(
        int id,
        String content,
        boolean isSingleWord,
        boolean stripsLeft,
        boolean stripsRight,
        boolean isNormalized,
        boolean isSpecial) {
    /** A token that is found as it is spelled. */
    public static AddedToken special(int id, String content) {
        return new AddedToken(id, content, false, false, false, false, true);
    }
}
