package dev.nightjar.engine.encoder;

/**
 * How well a text suits a query.
 *
 * @param index of the text in the request
 * @param score from 0 to 1: the sigmoid of {@code rawScore}
 * @param rawScore as the model computed it
 * @param numTokens tokens of query and text together, special ones included
 */
public record RankedText(int index, float score, float rawScore, int numTokens) {}
