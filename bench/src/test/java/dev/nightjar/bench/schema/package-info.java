/**
 * Holds recorded answers against the API description that OpenAI publishes; compiled in profile
 * full only. The description is no part of the project: the environment variable {@code
 * NIGHTJAR_OPENAI_SPEC} says where a copy lies.
 */
package dev.nightjar.bench.schema;
