package io.faradaybridge.export;

import java.util.Map;

/**
 * An item with the data of its vulnerability for templates.
 *
 * @param model {@code vuln}, {@code vulnerability} and every key at top level; only maps, lists, texts, numbers, booleans
 */
public record EnrichedItem(ExportItem item, Map<String, Object> model) {}
