package io.faradaybridge.outgoing;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.broker.UnusableMessage;
import io.faradaybridge.faraday.FaradayStatus;
import java.util.Optional;

/**
 * A message on the queue {@code vuln-status}: {@code {"vulnerability_id": 17, "status": "closed", ...}}. It says where to
 * look, never what is true there.
 *
 * @param status what the producer says it wrote; if the row does not show it yet, its transaction is still open
 */
record StatusMessage(int vulnerabilityId, Optional<FaradayStatus> status) {

    /** @throws UnusableMessage saying what is missing */
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
