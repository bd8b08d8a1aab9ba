package dev.nightjar.engine.tabular.graph;

/** What flows through a graph. Values are not changed once an operator has returned them. */
public sealed interface Value permits Array, ScoreMaps {

    /** What it is, with its article, for error messages. */
    String kind();
}
