package io.faradaybridge.outgoing;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.broker.UnusableMessage;
import io.faradaybridge.faraday.FaradayStatus;
import java.util.Optional;

/**
 * A message on the queue {@code vuln-status}: {@code {"vulnerability_id": 17, "status": "closed", ...}}. It is only a
 * hint; the status is read from Faraday's row.
 *
 * @param status the status that the producer wrote; if the row does not show it yet, the producer's transaction is
 *     still open
 */
record StatusMessage(int vulnerabilityId, Optional<FaradayStatus> status) {

    /** @throws UnusableMessage with what is missing */
    static StatusMessage read(JsonNode json) {
        JsonNode id = json.path("vulnerability_id");
        if (!id.canConvertToInt() || !id.isIntegralNumber() || id.asInt() <= 0) {
            throw new UnusableMessage(
                    "names no vulnerability: expected {\"vulnerability_id\": 17} with the id as a number");
        }
        return new StatusMessage(
                id.asInt(), FaradayStatus.parse(json.path("status").asText("")));
    }
}
