/**
 * Models of an engine in this JVM as LangChain4j's chat models, without HTTP between them.
 *
 * <p>Imports LangChain4j's core and the engine's door; nothing imports it. Begin reading at {@link
 * dev.nightjar.langchain4j.NightjarChatModel}.
 */
package dev.nightjar.langchain4j;
