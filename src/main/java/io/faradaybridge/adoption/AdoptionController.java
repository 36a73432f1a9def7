package io.faradaybridge.adoption;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.link.AdoptedLinks;
import io.faradaybridge.link.AdoptedLinks.Choice;
import io.faradaybridge.link.decision.Side;
import io.faradaybridge.link.existing.UnadoptedKeys;
import io.faradaybridge.link.reports.AdoptionReports;
import io.faradaybridge.web.AlsoAnswers;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.web.KeptCounts;
import io.faradaybridge.web.Page;
import io.faradaybridge.web.RequestRecords;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API's adoption: its progress, a search now, and the side to follow for links that differ. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/adoption")
class AdoptionController {

    private static final int MOST_IDS = 10_000;

    private record Counted(Set<Integer> workspaces, Set<String> projects) {}

    private final KeptCounts<Counted, AdoptionReports.Counts> counted = new KeptCounts<>();
    private final AdoptionReports reports;
    private final AdoptionLease lease;
    private final UnadoptedKeys keys;
    private final AdoptedLinks links;
    private final FollowSide followSide;
    private final FaradayUsers users;
    private final IntegrationConfigurationSource configuration;
    private final ProducerTemplate camel;

    AdoptionController(
            AdoptionReports reports,
            AdoptionLease lease,
            UnadoptedKeys keys,
            AdoptedLinks links,
            FollowSide followSide,
            FaradayUsers users,
            IntegrationConfigurationSource configuration,
            ProducerTemplate camel) {
        this.reports = reports;
        this.lease = lease;
        this.keys = keys;
        this.links = links;
        this.followSide = followSide;
        this.users = users;
        this.configuration = configuration;
        this.camel = camel;
    }

    /**
     * @param lastCompleted when the last complete pass ended; null if there was none yet
     * @param problem what interrupted the last pass; null if nothing did
     * @param count the number of all rows of the list
     */
    record Report(
            boolean observing,
            boolean running,
            @Nullable Instant lastCompleted,
            @Nullable String problem,
            AdoptionReports.Counts counts,
            AdoptionReports.Kind list,
            long count,
            List<AdoptionReports.Row> rows) {}

    /** @param project absent for all projects; {@code vulnerabilityIds} absent for all links that differ */
    record FollowRequest(
            @Schema(description = "the key of a configured Jira project, or be left out") @Nullable
            String project,

            @Nullable List<Integer> vulnerabilityIds,
            @Nullable Boolean confirm) {

        FollowRequest {
            if (vulnerabilityIds != null) {
                vulnerabilityIds = RequestRecords.vulnerabilityIds(vulnerabilityIds, MOST_IDS);
            }
        }
    }

    @GetMapping
    @Operation(summary = "Show how adoption stands, and a page of one of its lists")
    @PreAuthorize("hasAuthority('jira:read')")
    Report show(
            @RequestParam(defaultValue = "differing") AdoptionReports.Kind list,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(name = "page_size", defaultValue = "50") int pageSize,
            FaradayUser user) {
        return report(list, Page.of(page, pageSize), user);
    }

    /** 202: Jira is asked again about denied keys; while the bridge observes, all pairs are read again. */
    @PostMapping
    @Operation(summary = "Look for existing issues again now")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PreAuthorize("hasAuthority('jira:update')")
    Report adopt(FaradayUser user) {
        keys.forgetDenials();
        if (configuration.current().observes()) {
            links.allDue();
        }
        camel.sendBody(AdoptedLinks.LOOK_FOR_MORE, "");
        return report(AdoptionReports.Kind.WAITING, Page.of(1, 50), user);
    }

    /** 200 with what would be moved; with {@code "confirm": true} 202, and Faraday's statuses follow their issues. */
    @PostMapping("/follow-jira")
    @Operation(summary = "Make vulnerabilities that differ follow their issues")
    @AlsoAnswers(202)
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<FollowSide.Report> followJira(@RequestBody FollowRequest request, FaradayUser user) {
        return follow(Side.JIRA, request, user);
    }

    /** 200 with what would be moved; with {@code "confirm": true} 202, and the issues follow their vulnerabilities. */
    @PostMapping("/follow-faraday")
    @Operation(summary = "Make issues that differ follow their vulnerabilities")
    @AlsoAnswers(202)
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<FollowSide.Report> followFaraday(@RequestBody FollowRequest request, FaradayUser user) {
        return follow(Side.FARADAY, request, user);
    }

    private ResponseEntity<FollowSide.Report> follow(Side side, FollowRequest request, FaradayUser user) {
        boolean confirmed = Boolean.TRUE.equals(request.confirm());
        Choice choice = new Choice(
                users.enterable(user.id()),
                request.project() == null ? "" : request.project().strip(),
                request.vulnerabilityIds());
        IntegrationSettings settings = configuration.current();
        if (settings.observes()) {
            throw ErrorAnswers.conflict(settings.observation());
        }
        if (!choice.project().isEmpty() && settings.project(choice.project()).isEmpty()) {
            throw new InvalidRequest(
                    "project",
                    "'" + choice.project() + "' is not configured; configured are "
                            + settings.projects().keySet());
        }
        FollowSide.Report report = followSide.follow(side, choice, settings, confirmed, user);
        return ResponseEntity.status(confirmed ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .body(report);
    }

    private Report report(AdoptionReports.Kind kind, Page page, FaradayUser user) {
        IntegrationSettings settings = configuration.current();
        Set<Integer> workspaces = users.enterable(user.id());
        Set<String> projects = settings.knownKeys();
        AdoptionReports.Counts counts =
                counted.get(new Counted(workspaces, Set.copyOf(projects)), () -> reports.counts(workspaces, projects));
        AdoptionLease.Last last = lease.last();
        long count =
                switch (kind) {
                    case ADOPTED -> counts.adopted();
                    case DIFFERING -> counts.differing();
                    case SHARED -> counts.shared();
                    case WAITING -> counts.waiting();
                    case DENIED ->
                        counts.denied().values().stream()
                                .mapToLong(Long::longValue)
                                .sum();
                };
        return new Report(
                settings.observes(),
                last.running(),
                last.completed(),
                last.problem(),
                counts,
                kind,
                count,
                reports.page(kind, workspaces, projects, page.offset(), page.size()));
    }
}
