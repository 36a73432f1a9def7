package io.faradaybridge.export;

import java.util.Map;

/**
 * An item with what templates see of its vulnerability.
 *
 * @param model {@code vuln}, {@code vulnerability} and every key at top level; only maps, lists, texts, numbers, booleans
 */
public record EnrichedItem(ExportItem item, Map<String, Object> model) {}
