package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a status of one side means on the other, separately for each direction, as Faraday documents it.
 *
 * @param incoming Faraday's status by the name of Jira's, ignoring case
 * @param outgoing Jira's status by Faraday's
 * @param incomingById {@code incoming} by the id of Jira's status, if it is known; a renaming does not change it
 */
public record StatusMapping(
        Map<String, FaradayStatus> incoming,
        Map<FaradayStatus, JiraStatus> outgoing,
        Map<String, FaradayStatus> incomingById) {

    /**
     * Key of {@code attribute_mapping}, of the bridge's own: the ids of Jira's statuses by the names in the mapping.
     */
    public static final String STATUS_IDS = "status_ids";

    public static final StatusMapping NONE = new StatusMapping(Map.of(), Map.of());

    public StatusMapping {
        Map<String, FaradayStatus> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        incoming.forEach((name, status) -> byName.put(name.strip(), status));
        incoming = Collections.unmodifiableMap(byName);
        Map<FaradayStatus, JiraStatus> byStatus = new EnumMap<>(FaradayStatus.class);
        byStatus.putAll(outgoing);
        outgoing = Collections.unmodifiableMap(byStatus);
        incomingById = Collections.unmodifiableMap(new TreeMap<>(incomingById));
    }

    /** Without ids of incoming statuses. */
    public StatusMapping(Map<String, FaradayStatus> incoming, Map<FaradayStatus, JiraStatus> outgoing) {
        this(incoming, outgoing, Map.of());
    }

    /** The vulnerability's status for a Jira status; empty if it is not mapped. */
    public Optional<FaradayStatus> in(JiraStatus status) {
        return Optional.ofNullable(incomingById.get(status.id()))
                .or(() -> Optional.ofNullable(incoming.get(status.name().strip())));
    }

    /** The status for a vulnerability's status; empty if it is not mapped. */
    public Optional<JiraStatus> out(FaradayStatus status) {
        return Optional.ofNullable(outgoing.get(status));
    }

    /** Whether one status is mapped to the other. */
    public boolean agree(FaradayStatus faraday, JiraStatus jira) {
        return out(faraday).filter(jira::sameAs).isPresent()
                || in(jira).filter(faraday::equals).isPresent();
    }

    /** The agreement of the two statuses, for reports. */
    public Agreement agreement(FaradayStatus faraday, JiraStatus jira) {
        if (agree(faraday, jira)) {
            return Agreement.IN_STEP;
        }
        return out(faraday).isPresent() && in(jira).isPresent() ? Agreement.DIFFERS : Agreement.NOT_MAPPED;
    }

    /** Whether one status is mapped to another status than the other side shows. */
    public boolean differ(FaradayStatus faraday, JiraStatus jira) {
        return !agree(faraday, jira) && (out(faraday).isPresent() || in(jira).isPresent());
    }

    /**
     * Reads {@code attribute_mapping}. Values are a status' name or an object with it; an empty one means "not mapped".
     * Of two names for one status the first is used. Ids have a key of their own, so that Faraday, which knows only
     * names, can still read the mapping.
     */
    public static StatusMapping read(JsonNode attributeMapping, Consumer<String> problems) {
        StatusIds ids = StatusIds.read(attributeMapping.path(STATUS_IDS));
        Map<String, FaradayStatus> byId = new TreeMap<>();
        Map<String, FaradayStatus> incoming = readIncoming(attributeMapping.path("incoming"), ids, byId, problems);
        Map<FaradayStatus, JiraStatus> outgoing = readOutgoing(attributeMapping.path("outgoing"), problems);
        outgoing.replaceAll(
                (status, jira) -> jira.id().isEmpty() ? new JiraStatus(ids.of(jira.name()), jira.name()) : jira);
        return new StatusMapping(incoming, outgoing, byId);
    }

    private static Map<String, FaradayStatus> readIncoming(
            JsonNode incoming, StatusIds ids, Map<String, FaradayStatus> byId, Consumer<String> problems) {
        requireObject(incoming, "incoming", problems);
        TreeMap<String, FaradayStatus> read = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        forEachSet(incoming, (key, value) -> {
            String name = key.strip();
            String label = nameIn(value);
            Optional<FaradayStatus> status = FaradayStatus.parse(label);
            if (status.isEmpty()) {
                problems.accept("incoming mapping of Jira's '" + name + "': '" + label
                        + "' is not a Faraday status; use open, closed, re-opened or risk-accepted");
                return;
            }
            String id = ids.of(name);
            boolean another = !id.isEmpty() && byId.putIfAbsent(id, status.get()) == null;
            if (read.containsKey(name) && !another) {
                problems.accept("incoming mapping names one Jira status twice, as '" + read.floorKey(name) + "' and '"
                        + key + "'; only '" + read.floorKey(name) + "' is used, remove one");
            } else {
                read.putIfAbsent(name, status.get());
            }
        });
        return read;
    }

    private static Map<FaradayStatus, JiraStatus> readOutgoing(JsonNode outgoing, Consumer<String> problems) {
        requireObject(outgoing, "outgoing", problems);
        Map<FaradayStatus, JiraStatus> read = new EnumMap<>(FaradayStatus.class);
        Map<FaradayStatus, String> labels = new EnumMap<>(FaradayStatus.class);
        outgoing.properties().forEach(entry -> {
            String label = entry.getKey();
            JsonNode value = entry.getValue();
            Optional<FaradayStatus> status = FaradayStatus.parse(label);
            if (status.isEmpty()) {
                problems.accept("outgoing mapping: '" + label
                        + "' is not a Faraday status; use open, closed, re-opened or risk-accepted");
                return;
            }
            String earlier = labels.get(status.get());
            if (earlier != null) {
                problems.accept("outgoing mapping names one Faraday status twice, as '" + earlier + "' and '" + label
                        + "'; only '" + earlier + "' is used, remove one");
                return;
            }
            if (unset(value)) {
                return;
            }
            String name = nameIn(value).strip();
            if (name.isEmpty()) {
                problems.accept("outgoing mapping of '" + label
                        + "' must be the name of a Jira status, or an object with \"id\" and \"name\"");
                return;
            }
            labels.put(status.get(), label);
            read.put(status.get(), new JiraStatus(value.path("id").asText("").strip(), name));
        });
        return read;
    }

    private static void requireObject(JsonNode node, String direction, Consumer<String> problems) {
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            problems.accept("attribute_mapping." + direction + " must be an object of statuses, so it is ignored");
        }
    }

    /** The entries of one direction of a mapping, without those that are empty, which means "not mapped". */
    public static void forEachSet(JsonNode direction, BiConsumer<String, JsonNode> entry) {
        direction.properties().stream()
                .filter(each -> !unset(each.getValue()))
                .forEach(each -> entry.accept(each.getKey(), each.getValue()));
    }

    private static boolean unset(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.asText().isBlank());
    }

    private static String nameIn(JsonNode value) {
        return value.isObject() ? value.path("name").asText("") : value.asText("");
    }
}
