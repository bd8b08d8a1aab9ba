/**
 * JSON schema as a grammar: the texts of the values that are valid.
 *
 * <p>May import {@code format.json}, {@code grammar.automaton}, {@code grammar.part}, {@code
 * grammar.regex} and {@code grammar.json}. Begin with {@link
 * dev.nightjar.engine.grammar.schema.SchemaCompiler}.
 */
package dev.nightjar.engine.grammar.schema;
