package io.faradaybridge.link.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.tables.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * L14: an issue on its way to a status that several transitions lead to.
 *
 * @param target the {@link JiraStatus#key} of the status at the end of the way
 * @param left the keys of the statuses that the way has left, in their order; none is entered again
 */
public record Transit(String target, List<String> left) {

    public Transit {
        left = List.copyOf(left);
    }

    public boolean leadsTo(JiraStatus status) {
        return target.equals(status.key());
    }

    /** The same way after more hops. @param more the statuses that these hops left */
    public Transit leaving(List<String> more) {
        List<String> all = new ArrayList<>(left);
        all.addAll(more);
        return new Transit(target, all);
    }

    /** As the table has it: the target, then what was left. */
    public String stored() {
        List<String> all = new ArrayList<>(List.of(target));
        all.addAll(left);
        return Json.written(all);
    }

    public static Transit of(String stored) {
        try {
            List<String> all = List.of(Json.MAPPER.readValue(stored, String[].class));
            return new Transit(all.get(0), all.subList(1, all.size()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("issue_link.in_transit must be a JSON array of texts: " + stored, e);
        }
    }
}
