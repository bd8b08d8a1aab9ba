/**
 * What files are written in: JSON and protobuf, read with bounds and with places for errors.
 *
 * <p>Imports the root package's exceptions and the JDK. Begin reading at {@link
 * dev.nightjar.tokenizer.format.syntax.JsonFile}.
 */
package dev.nightjar.tokenizer.format.syntax;
