package dev.nightjar.tokenizer.jinja.value;

/**
 * A place in a template.
 *
 * @param line from 1
 * @param column from 1, in code points
 */
public record Position(int line, int column) {}
