/**
 * Messages of Protocol Buffers, field by field, without a schema.
 *
 * <p>May import package {@code format}. Begin with {@link
 * dev.nightjar.engine.format.protobuf.ProtoReader}.
 */
package dev.nightjar.engine.format.protobuf;
