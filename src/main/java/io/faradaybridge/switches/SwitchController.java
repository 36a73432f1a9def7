package io.faradaybridge.switches;

import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.configuration.Direction;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.ProjectSwitches;
import io.faradaybridge.configuration.ProjectSwitches.State;
import io.faradaybridge.configuration.ProjectSwitches.Switch;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.link.catchup.Resyncs;
import io.faradaybridge.link.decision.Side;
import io.faradaybridge.web.AlsoAnswers;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's calls for the directions of a project: switch them, catch up after a pause, look at every link again. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/projects/{key}")
class SwitchController {

    private final ProjectSwitches switches;
    private final CatchUp catchUp;
    private final Resyncs resyncs;
    private final IntegrationConfigurationSource configuration;
    private final SetupAudit audit;
    private final TransactionOperations transaction;

    SwitchController(
            ProjectSwitches switches,
            CatchUp catchUp,
            Resyncs resyncs,
            IntegrationConfigurationSource configuration,
            SetupAudit audit,
            TransactionOperations transaction) {
        this.switches = switches;
        this.catchUp = catchUp;
        this.resyncs = resyncs;
        this.configuration = configuration;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * One direction.
     *
     * @param since when it was switched, or began to ask; null if it never was
     * @param by who switched it; null if nobody has, or the bridge itself noticed a long pause
     * @param reason why it asks, as a sentence; empty if a user switched it
     * @param waiting the changes or exports that wait, as far as they are known
     * @param counted whether these are all; more may come while a direction is off
     */
    record DirectionView(
            State state, @Nullable Instant since, @Nullable String by, String reason, long waiting, boolean counted) {}

    record SwitchesView(
            String project, DirectionView faradayToJira, DirectionView jiraToFaraday, DirectionView export) {}

    /** A direction that is left out stays as it is. */
    record SwitchesRequest(
            @Nullable Boolean faradayToJira,
            @Nullable Boolean jiraToFaraday,
            @Nullable Boolean export) {

        SwitchesRequest {
            if (faradayToJira == null && jiraToFaraday == null && export == null) {
                throw new InvalidRequest(
                        "export", "name at least one of faraday_to_jira, jira_to_faraday, export, with true or false");
            }
        }

        Map<Direction, Boolean> directions() {
            Map<Direction, Boolean> wanted = new EnumMap<>(Direction.class);
            put(wanted, Direction.FARADAY_TO_JIRA, faradayToJira);
            put(wanted, Direction.JIRA_TO_FARADAY, jiraToFaraday);
            put(wanted, Direction.EXPORT, export);
            return wanted;
        }

        private static void put(Map<Direction, Boolean> wanted, Direction direction, @Nullable Boolean on) {
            if (on != null) {
                wanted.put(direction, on);
            }
        }
    }

    /** @param confirm absent to do nothing */
    record CatchUpRequest(
            @Schema(description = "the number of changes of the last answer, to make them") @Nullable
            Long confirm,

            @Schema(description = "the side that all waiting links follow; left out: each follows what has changed")
            @Nullable
            Side follow) {}

    record ResyncRequest(@Nullable Boolean confirm) {}

    /**
     * @param links the links that are looked at, or would be
     * @param left those that are still to be looked at
     * @param by who began it; null if nobody has yet
     */
    record ResyncView(
            String project,
            boolean running,
            long links,
            long left,
            @Nullable String by,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}

    @GetMapping("/switches")
    @Operation(summary = "Show in which directions a project works")
    @PreAuthorize("hasAuthority('jira:read')")
    SwitchesView show(@PathVariable String key) {
        return view(project(key).key());
    }

    /**
     * {@code {"faraday_to_jira": false}}. What is switched off waits, and nothing is refused. A direction that is switched
     * on again first counts what waits, and asks if it is much.
     */
    @PutMapping("/switches")
    @Operation(summary = "Switch the directions of a project")
    @PreAuthorize("hasAuthority('jira:update')")
    SwitchesView save(@PathVariable String key, @RequestBody SwitchesRequest request, FaradayUser by) {
        String project = project(key).key();
        transaction.executeWithoutResult(status -> {
            Map<Direction, State> now = new EnumMap<>(Direction.class);
            switches.of(project).forEach(one -> now.put(one.direction(), one.state()));
            request.directions().forEach((direction, on) -> {
                State before = now.getOrDefault(direction, State.ON);
                if (on != (before != State.OFF)) {
                    State after = on ? State.ASKING : State.OFF;
                    switches.set(project, direction, after, by.username());
                    audit.record(
                            by.id(),
                            by.username(),
                            "projects." + project + ".switches." + direction.label(),
                            TextNode.valueOf(before.label()),
                            TextNode.valueOf(on ? State.ON.label() : State.OFF.label()));
                }
            });
        });
        configuration.changed();
        return view(project);
    }

    /** 200 with what would be made; with that number as {@code confirm} 200 and it is made, or 409 with the present number. */
    @PostMapping("/catch-up")
    @Operation(summary = "Agree to the changes that a pause has left")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<CatchUp.Report> catchUp(
            @PathVariable String key, @RequestBody CatchUpRequest request, FaradayUser user) {
        CatchUp.Report report = catchUp.agree(project(key).key(), request.confirm(), request.follow(), user);
        boolean refused = request.confirm() != null && !report.confirmed();
        return ResponseEntity.status(refused ? HttpStatus.CONFLICT : HttpStatus.OK)
                .body(report);
    }

    @GetMapping("/resync")
    @Operation(summary = "Show how far the last resync of a project is")
    @PreAuthorize("hasAuthority('jira:read')")
    ResyncView showResync(@PathVariable String key) {
        return progress(project(key).key());
    }

    /** 200 with the number of links; with {@code "confirm": true} 202, and each is looked at again on both sides. */
    @PostMapping("/resync")
    @Operation(summary = "Look at every link of a project again")
    @AlsoAnswers(202)
    @PreAuthorize("hasAuthority('jira:update')")
    ResponseEntity<ResyncView> resync(@PathVariable String key, @RequestBody ResyncRequest request, FaradayUser by) {
        String project = project(key).key();
        if (!Boolean.TRUE.equals(request.confirm())) {
            long links = resyncs.links(project);
            return ResponseEntity.ok(new ResyncView(project, false, links, links, null, null, null));
        }
        configuration.current().restReason(project).ifPresent(reason -> {
            throw ErrorAnswers.conflict(reason);
        });
        transaction.executeWithoutResult(status -> {
            resyncs.begin(project, by.username());
            audit.record(by.id(), by.username(), "projects." + project + ".resync", null, null);
        });
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(progress(project));
    }

    private ResyncView progress(String project) {
        return resyncs.find(project)
                .map(last -> new ResyncView(
                        project,
                        last.endedAt() == null,
                        last.links(),
                        last.left(),
                        last.username(),
                        last.startedAt(),
                        last.endedAt()))
                .orElseGet(() -> new ResyncView(project, false, 0, 0, null, null, null));
    }

    private SwitchesView view(String project) {
        Map<Direction, Switch> known = new EnumMap<>(Direction.class);
        switches.of(project).forEach(one -> known.put(one.direction(), one));
        Map<Direction, Long> waiting = catchUp.waiting(project);
        return new SwitchesView(
                project,
                view(Direction.FARADAY_TO_JIRA, known, waiting),
                view(Direction.JIRA_TO_FARADAY, known, waiting),
                view(Direction.EXPORT, known, waiting));
    }

    private static DirectionView view(Direction direction, Map<Direction, Switch> known, Map<Direction, Long> waiting) {
        Switch one = known.get(direction);
        long held = waiting.getOrDefault(direction, 0L);
        return one == null
                ? new DirectionView(State.ON, null, null, "", held, true)
                : new DirectionView(one.state(), one.since(), one.username(), one.reason(), held, one.counted());
    }

    private ProjectSettings project(String key) {
        IntegrationSettings settings = configuration.current();
        return settings.projects().values().stream()
                .filter(project -> project.key().equalsIgnoreCase(key.strip()))
                .findFirst()
                .or(() -> settings.project(key.strip()))
                .orElseThrow(() -> ErrorAnswers.notFound("Jira project '" + InvalidRequest.shown(key)
                        + "' is not configured; configured are "
                        + settings.projects().keySet()));
    }
}
