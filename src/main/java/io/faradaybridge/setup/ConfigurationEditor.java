package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.Ownership;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.faraday.IntegrationConfiguration.Stored;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reads and changes Faraday's configuration row for an administrator. A change is saved completely or not at all, never
 * over another user's change, together with one audit row.
 */
@Component
class ConfigurationEditor {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final IntegrationConfiguration row;
    private final IntegrationConfigurationSource configuration;
    private final Ownership ownership;
    private final SetupAudit audit;
    private final TransactionOperations transaction;

    ConfigurationEditor(
            IntegrationConfiguration row,
            IntegrationConfigurationSource configuration,
            Ownership ownership,
            SetupAudit audit,
            TransactionOperations transaction) {
        this.row = row;
        this.configuration = configuration;
        this.ownership = ownership;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** The row at one moment. {@code value} is changed in place and then saved. */
    record Opened(ObjectNode value, String version) {

        IntegrationSettings settings() {
            return IntegrationSettings.read(value);
        }

        /** The project's key in the spelling of the row, which may differ in case. */
        Optional<String> configured(String key) {
            String wanted = key.strip();
            Optional<String> exact = keys().filter(wanted::equals).findFirst();
            return exact.isPresent()
                    ? exact
                    : keys().filter(known -> known.strip().equalsIgnoreCase(wanted))
                            .findFirst();
        }

        private java.util.stream.Stream<String> keys() {
            return value.path("projects").properties().stream().map(java.util.Map.Entry::getKey);
        }

        /** @throws ResponseStatusException 404 if it is not configured */
        String requireProject(String key) {
            return configured(key)
                    .orElseThrow(() -> ErrorAnswers.notFound(
                            "Jira project '" + InvalidRequest.shown(key) + "' is not configured; configured are "
                                    + keys().toList() + ". Add it with PUT projects/KEY"));
        }

        /** @throws InvalidRequest if its entry in the row is not an object */
        ObjectNode project(String configuredKey) {
            if (value.path("projects").path(configuredKey) instanceof ObjectNode project) {
                return project;
            }
            throw new InvalidRequest(
                    "project",
                    "The entry of '" + configuredKey + "' in Faraday's row is not an object; delete the project and"
                            + " add it again");
        }

        ProjectSettings projectSettings(String configuredKey) {
            return settings().project(configuredKey.strip()).orElseThrow();
        }
    }

    /** The version that a change is based on: of the header {@code If-Match}, else of the body; empty: the newest. */
    static Optional<String> basedOn(@Nullable String ifMatch, @Nullable String version) {
        if (ifMatch == null) {
            return Optional.ofNullable(version);
        }
        String tag = ifMatch.strip().replaceFirst("^W/", "");
        return tag.equals("*") ? Optional.empty() : Optional.of(tag.replaceAll("^\"|\"$", ""));
    }

    /** The row for reading only. */
    Opened look() {
        Stored stored = read();
        return new Opened(stored.value(), stored.version());
    }

    /**
     * The row for a change. The form of Faraday of 2020 ({@code project_key} alone) is converted, and the save keeps
     * the new form.
     *
     * @param basedOn the version that the change is based on; empty for the newest
     * @throws OptimisticLockingFailureException if it is not the newest any more
     */
    Opened open(Optional<String> basedOn) {
        Stored stored = read();
        if (basedOn.isPresent() && !basedOn.get().equals(stored.version())) {
            throw new OptimisticLockingFailureException(
                    "Another user has changed the Jira configuration meanwhile; load it again and repeat your change");
        }
        ObjectNode value = stored.value();
        JsonNode projects = value.path("projects");
        if (!projects.isMissingNode() && !projects.isNull() && !projects.isObject()) {
            throw new InvalidRequest("projects", "'projects' in Faraday's row is not an object; correct it in Faraday");
        }
        String oldKey = value.path("project_key").asText("").strip();
        if (!oldKey.isEmpty() && projects.isEmpty()) {
            value.putObject("projects").set(oldKey, freshProject());
        }
        return new Opened(value, stored.version());
    }

    /** An inactive project without any configuration. */
    static ObjectNode freshProject() {
        ObjectNode project = JSON.objectNode();
        project.putObject("ticket_config").putObject("issue_types");
        ObjectNode mapping = project.putObject("attribute_mapping");
        mapping.putObject("incoming");
        mapping.putObject("outgoing");
        return project.put("active", false);
    }

    /** Sets one key of a project. @return the new version; the present one if it has this value already */
    String set(Opened opened, FaradayUser by, String configured, String key, JsonNode after) {
        return set(opened, by, configured, key, after, () -> {});
    }

    /** @param together is committed in the same transaction, if there is a change */
    String set(Opened opened, FaradayUser by, String configured, String key, JsonNode after, Runnable together) {
        ObjectNode project = opened.project(configured);
        JsonNode before = project.get(key);
        if (after.equals(before)) {
            return opened.version();
        }
        project.set(key, after);
        return save(opened, by, "projects." + configured + "." + key, before, after, together);
    }

    /**
     * @param what the part that was changed, such as {@code projects.SEC.active}
     * @param before that part before the change; null if there was none
     * @return the new version
     */
    String save(Opened opened, FaradayUser by, String what, @Nullable JsonNode before, @Nullable JsonNode after) {
        return save(opened, by, what, before, after, () -> {});
    }

    /** @param together is committed in the same transaction */
    String save(
            Opened opened,
            FaradayUser by,
            String what,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            Runnable together) {
        String version = Objects.requireNonNull(transaction.execute(status -> {
            if (opened.value().path("enabled").asBoolean(false)) {
                ownership.taken(by.id()); // before the save: a row that another integration has enabled stays that
                // integration's
            }
            row.save(opened.value(), opened.version(), by.id());
            together.run();
            audit.record(by.id(), by.username(), what, before, after);
            return read().version();
        }));
        configuration.changed();
        return version;
    }

    private Stored read() {
        try {
            return row.read().orElseGet(() -> new Stored(JSON.objectNode(), Stored.NOTHING_YET));
        } catch (IllegalStateException unreadable) {
            throw ErrorAnswers.conflict(unreadable.getMessage());
        }
    }
}
