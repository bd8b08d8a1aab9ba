package dev.nightjar.engine.grammar.rule;

/**
 * A place in a part that is counted.
 *
 * @param steps the part
 * @param state where in the part, 0 at its beginning
 * @param left how many more parts there may be, the one that was begun included
 * @param needed how many more there must be
 */
public record Count(CountedSteps steps, int state, int left, int needed) {}
