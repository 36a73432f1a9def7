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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes one batch with an item for each vulnerability, in one transaction. Items that cannot be exported end here with
 * a reason; the others are reserved, so that no second batch can reserve them (E1).
 */
@Component
public class ExportReservation {

    static final String API = "api";
    static final String QUEUE = "queue";

    private final ExportBatches batches;
    private final Vulnerabilities vulnerabilities;
    private final FaradayUsers users;
    private final IssueLinks links;
    private final IntegrationConfigurationSource configuration;
    private final TransactionOperations transaction;

    ExportReservation(
            ExportBatches batches,
            Vulnerabilities vulnerabilities,
            FaradayUsers users,
            IssueLinks links,
            IntegrationConfigurationSource configuration,
            TransactionOperations transaction) {
        this.batches = batches;
        this.vulnerabilities = vulnerabilities;
        this.users = users;
        this.links = links;
        this.configuration = configuration;
        this.transaction = transaction;
    }

    /**
     * @param source {@link #API} for a user; {@link #QUEUE} for a program, which must not export a vulnerability again
     *     after a user has unlinked it
     * @return the batch's id
     * @throws InvalidRequest if no part of the request can be exported
     */
    long reserve(ExportRequest asked, FaradayUser user, String source) {
        ExportRequest request = underTodaysKey(asked);
        String issueType = issueType(request);
        return Objects.requireNonNull(transaction.execute(status -> {
            long batch = batches.add(request, issueType, user, source);
            Map<Integer, VulnerabilityState> found = vulnerabilities.findAll(request.vulnerabilityIds()).stream()
                    .collect(Collectors.toMap(VulnerabilityState::id, Function.identity()));
            Set<Integer> workspaces = users.enterable(
                    user.id(),
                    found.values().stream().map(VulnerabilityState::workspaceId).collect(Collectors.toSet()));
            Set<Integer> apart =
                    source.equals(QUEUE) ? vulnerabilities.disassociated(request.vulnerabilityIds()) : Set.of();
            Map<Integer, String> refusals = refusals(found.values());
            Map<Integer, FaradayStatus> possible = new LinkedHashMap<>();
            Map<Integer, String> refused = new LinkedHashMap<>();
            for (Integer id : request.vulnerabilityIds()) {
                VulnerabilityState vulnerability = found.get(id);
                if (vulnerability == null || !workspaces.contains(vulnerability.workspaceId())) {
                    refused.put(id, "the vulnerability does not exist, or it is in a workspace that you may not enter");
                } else if (apart.contains(id)) {
                    refused.put(
                            id,
                            "a user has unlinked its issue; export it through the API if it should get"
                                    + " another one");
                } else if (refusals.containsKey(id)) {
                    refused.put(id, refusals.get(id));
                } else {
                    possible.put(id, vulnerability.status());
                }
            }
            Set<Integer> reserved = batches.reserve(batch, request.project(), issueType, possible)
                    .keySet();
            Map<Integer, String> held = new LinkedHashMap<>();
            possible.keySet().stream()
                    .filter(id -> !reserved.contains(id))
                    .forEach(id -> held.put(id, "another export is working on this vulnerability or has linked it"));
            batches.addRefused(batch, request.project(), issueType, refused);
            batches.addHeld(batch, request.project(), issueType, held);
            return batch;
        }));
    }

    /** Why vulnerabilities cannot be exported, by id; vulnerabilities without a reason can. */
    public Map<Integer, String> refusals(Collection<VulnerabilityState> asked) {
        Set<Integer> linked =
                links.linked(asked.stream().map(VulnerabilityState::id).toList());
        Map<Integer, String> refusals = new HashMap<>();
        asked.forEach(vulnerability -> refusal(vulnerability, linked.contains(vulnerability.id()))
                .ifPresent(reason -> refusals.put(vulnerability.id(), reason)));
        return refusals;
    }

    private static Optional<String> refusal(VulnerabilityState vulnerability, boolean linked) {
        if (!vulnerability.confirmed()) {
            return Optional.of("it is not confirmed; confirm it in Faraday first");
        }
        if (!vulnerability.issuetracker().isBlank()) {
            return Optional.of("it is linked to " + vulnerability.issuetracker() + " already");
        }
        if (linked) {
            return Optional.of("it has a link to an issue already");
        }
        if (!vulnerability.workspaceActive() || vulnerability.workspaceReadOnly()) {
            return Optional.of("its workspace '" + vulnerability.workspaceName() + "' is "
                    + (vulnerability.workspaceActive() ? "read-only" : "not active"));
        }
        return Optional.empty();
    }

    /** Programs may still use a former key of the project. */
    private ExportRequest underTodaysKey(ExportRequest asked) {
        String project = configuration
                .current()
                .project(asked.project())
                .map(ProjectSettings::key)
                .orElse(asked.project());
        return new ExportRequest(asked.vulnerabilityIds(), project, asked.issueType());
    }

    private String issueType(ExportRequest request) {
        IntegrationSettings settings = configuration.current();
        settings.restReason(request.project()).ifPresent(reason -> {
            throw new InvalidRequest("project", reason);
        });
        ProjectSettings project = settings.project(request.project()).orElseThrow();
        return TicketConfig.chosen(project.issueTypes(), request.issueType()).issueType();
    }
}
