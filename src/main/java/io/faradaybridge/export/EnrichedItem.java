package io.faradaybridge.export;

import io.faradaybridge.faraday.VulnerabilityIdentity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An item with the data of its vulnerability for templates.
 *
 * @param identity of the vulnerability, for the issue; null if it was deleted meanwhile
 * @param model {@code vuln}, {@code vulnerability} and every key at top level; only maps, lists, texts, numbers, booleans
 */
public record EnrichedItem(
        ExportItem item,
        Map<String, Object> model,
        @Nullable VulnerabilityIdentity identity) {}
