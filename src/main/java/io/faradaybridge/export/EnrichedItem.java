package io.faradaybridge.export;

import io.faradaybridge.configuration.TicketConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An item with what templates see of its vulnerability.
 *
 * @param model {@code vuln}, {@code vulnerability} and every key at top level; only maps, lists, texts, numbers, booleans
 * @param tried a preview's configuration in place of the saved one; null: the saved one
 */
public record EnrichedItem(
        ExportItem item,
        Map<String, Object> model,
        @Nullable TicketConfig tried) {}
