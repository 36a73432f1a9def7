package io.faradaybridge.export;

/**
 * In place of a text that a file of the operator should have given.
 *
 * @param file such as {@code description.ftl}
 * @param reason in words, with the line
 */
public record Unrendered(String file, String reason) {}
