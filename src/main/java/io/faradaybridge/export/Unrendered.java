package io.faradaybridge.export;

/**
 * The reason why a template file could not be rendered, in place of its text.
 *
 * @param file such as {@code description.ftl}
 * @param reason what is wrong, with the line
 */
public record Unrendered(String file, String reason) {}
