package io.faradaybridge.export;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.link.IssueLinks;
import io.faradaybridge.web.InvalidRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes one batch with an item for each vulnerability, in one transaction. Items that cannot be exported end here with
 * a reason; the others are reserved, so that no second batch can reserve them (E1).
 */
@Component
public class ExportReservation {

    static final String API = "api";
    private static final String QUEUE = "queue";
    static final String RULE = "rule";
    static final String REOPEN = "reopen";

    /**
     * Why a vulnerability cannot be exported.
     *
     * @param linkedTo the key of the issue that it is linked to already; null if that is not the reason
     */
    public record Refusal(String reason, @Nullable String linkedTo) {

        Refusal(String reason) {
            this(reason, null);
        }
    }

    private static final Refusal NOT_VISIBLE =
            new Refusal("the vulnerability does not exist, or it is in a workspace that you may not enter");
    private static final Refusal UNLINKED_BY_HAND =
            new Refusal("a user has unlinked its issue; export it through the API if it should get another one");
    private static final Refusal HELD = new Refusal("another export is working on this vulnerability or has linked it");

    private final ExportBatches batches;
    private final Vulnerabilities vulnerabilities;
    private final FaradayUsers users;
    private final IssueLinks links;
    private final ExportRouting routing;
    private final IntegrationConfigurationSource configuration;
    private final TransactionOperations transaction;

    ExportReservation(
            ExportBatches batches,
            Vulnerabilities vulnerabilities,
            FaradayUsers users,
            IssueLinks links,
            ExportRouting routing,
            IntegrationConfigurationSource configuration,
            TransactionOperations transaction) {
        this.batches = batches;
        this.vulnerabilities = vulnerabilities;
        this.users = users;
        this.links = links;
        this.routing = routing;
        this.configuration = configuration;
        this.transaction = transaction;
    }

    /**
     * @param source {@link #API} for a user; others must not export a vulnerability again after a user has unlinked it
     * @return the batch's id
     * @throws InvalidRequest if no part of the request can be exported
     */
    long reserve(ExportRequest asked, FaradayUser user, String source) {
        return reserve(asked, user, source, null);
    }

    /**
     * For a program.
     *
     * @return the batch's id
     * @throws InvalidRequest if no part of the request can be exported
     */
    public long reserveForQueue(ExportRequest asked, FaradayUser user) {
        return reserve(asked, user, QUEUE);
    }

    /** For vulnerabilities whose export was refused before, by a user who has removed the cause. */
    public long reserveAgain(List<Integer> vulnerabilityIds, String projectKey, String issueType, FaradayUser user) {
        return reserve(new ExportRequest(vulnerabilityIds, projectKey, issueType), user, API);
    }

    /** Why nothing can be exported to the project as this type, and what to do; empty if something can. */
    public Optional<String> hindrance(String projectKey, String issueType) {
        Optional<String> resting = configuration.current().restReason(projectKey);
        if (resting.isPresent()) {
            return resting;
        }
        try {
            issueType(projectKey, issueType);
            return Optional.empty();
        } catch (InvalidRequest refused) {
            return Optional.of(refused.text());
        }
    }

    /**
     * For a project's rule, of the vulnerabilities that it matches.
     *
     * @return the batch's id
     * @throws InvalidRequest if the project cannot be exported to
     */
    public long reserveByRule(List<Integer> vulnerabilityIds, ProjectSettings project, FaradayUser user) {
        return reserve(
                new ExportRequest(
                        vulnerabilityIds, project.key(), project.exportRule().issueType()),
                user,
                RULE,
                project.exportVersion());
    }

    /**
     * For a vulnerability that was opened again and whose issue cannot be, in the transaction that ended its link.
     *
     * @param former the key of that issue
     * @return whether it was reserved
     * @throws InvalidRequest if the project cannot be exported to
     */
    public boolean reserveInstead(
            int vulnerabilityId, String projectKey, String issueType, String former, FaradayUser user) {
        long batch = reserve(new ExportRequest(List.of(vulnerabilityId), projectKey, issueType), user, REOPEN, null);
        return batches.relate(batch, former);
    }

    private long reserve(ExportRequest asked, FaradayUser user, String source, @Nullable String ruleVersion) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Map<Integer, VulnerabilityState> found = vulnerabilities.findById(asked.vulnerabilityIds());
            Set<Integer> workspaces = users.enterable(
                    user.id(),
                    found.values().stream().map(VulnerabilityState::workspaceId).collect(Collectors.toSet()));
            found.values().removeIf(vulnerability -> !workspaces.contains(vulnerability.workspaceId()));
            String project = project(asked, found.values());
            String issueType = issueType(project, asked.issueType());
            long batch = batches.add(project, issueType, user, source, ruleVersion);
            Set<Integer> apart =
                    source.equals(API) ? Set.of() : vulnerabilities.disassociated(asked.vulnerabilityIds());
            Map<Integer, Refusal> refusals = refusals(found.values());
            Map<Integer, FaradayStatus> possible = new LinkedHashMap<>();
            Map<Integer, Refusal> refused = new LinkedHashMap<>();
            for (Integer id : asked.vulnerabilityIds()) {
                VulnerabilityState vulnerability = found.get(id);
                if (vulnerability == null) {
                    refused.put(id, NOT_VISIBLE);
                } else if (apart.contains(id)) {
                    refused.put(id, UNLINKED_BY_HAND);
                } else if (refusals.containsKey(id)) {
                    refused.put(id, refusals.get(id));
                } else {
                    possible.put(id, vulnerability.status());
                }
            }
            Set<Integer> reserved =
                    batches.reserve(batch, project, issueType, possible).keySet();
            Map<Integer, Refusal> held = new LinkedHashMap<>();
            possible.keySet().stream().filter(id -> !reserved.contains(id)).forEach(id -> held.put(id, HELD));
            batches.addRefused(batch, project, issueType, refused);
            batches.addHeld(batch, project, issueType, held);
            return batch;
        }));
    }

    /** Why vulnerabilities cannot be exported, by id; vulnerabilities without a reason can. */
    public Map<Integer, Refusal> refusals(Collection<VulnerabilityState> asked) {
        Map<Integer, String> keys =
                links.keys(asked.stream().map(VulnerabilityState::id).toList());
        Map<Integer, Refusal> refusals = new HashMap<>();
        asked.forEach(vulnerability -> refusal(vulnerability, keys.get(vulnerability.id()))
                .ifPresent(refusal -> refusals.put(vulnerability.id(), refusal)));
        return refusals;
    }

    private static Optional<Refusal> refusal(VulnerabilityState vulnerability, @Nullable String linkedTo) {
        if (!vulnerability.issuetracker().isBlank()) {
            return Optional.of(new Refusal(
                    "it is linked to " + vulnerability.issuetracker() + " already",
                    vulnerability.issuetracker().strip()));
        }
        if (linkedTo != null) {
            return Optional.of(new Refusal("it has a link to an issue already", linkedTo));
        }
        if (!vulnerability.confirmed()) {
            return Optional.of(new Refusal("it is not confirmed; confirm it in Faraday first"));
        }
        if (!vulnerability.workspaceActive() || vulnerability.workspaceReadOnly()) {
            return Optional.of(new Refusal("its workspace '" + vulnerability.workspaceName() + "' is "
                    + (vulnerability.workspaceActive() ? "read-only" : "not active")));
        }
        return Optional.empty();
    }

    /** Programs may still use a former key of the project, and name none if the workspaces say which. */
    private String project(ExportRequest asked, Collection<VulnerabilityState> found) {
        IntegrationSettings settings = configuration.current();
        String named = asked.project();
        return named == null
                ? routing.project(found, settings).key()
                : settings.project(named).map(ProjectSettings::key).orElse(named);
    }

    private String issueType(String key, @Nullable String asked) {
        IntegrationSettings settings = configuration.current();
        settings.restReason(key).ifPresent(reason -> {
            throw new InvalidRequest("project", reason);
        });
        ProjectSettings project = settings.project(key).orElseThrow();
        return TicketConfig.chosen(project.issueTypes(), asked).issueType();
    }
}
