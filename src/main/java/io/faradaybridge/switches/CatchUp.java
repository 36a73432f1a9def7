package io.faradaybridge.switches;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.configuration.CatchUpSettings;
import io.faradaybridge.configuration.Direction;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.ProjectSwitches;
import io.faradaybridge.configuration.ProjectSwitches.State;
import io.faradaybridge.configuration.ProjectSwitches.Switch;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.link.catchup.HeldLinks;
import io.faradaybridge.link.catchup.HeldLinks.Sent;
import io.faradaybridge.link.decision.Side;
import io.faradaybridge.tables.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What follows after a pause. While a direction asks, the flows look at every link that something happened to and hold
 * its change; so the number of held links is what would change. Few are made at once, for many a user has to agree.
 */
@Component("catchUp")
class CatchUp {

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    private final ProjectSwitches switches;
    private final HeldLinks held;
    private final QueuedExports exports;
    private final IntegrationConfigurationSource configuration;
    private final CatchUpSettings settings;
    private final SetupAudit audit;
    private final Activity activity;
    private final TransactionOperations transaction;

    CatchUp(
            ProjectSwitches switches,
            HeldLinks held,
            QueuedExports exports,
            IntegrationConfigurationSource configuration,
            CatchUpSettings settings,
            SetupAudit audit,
            Activity activity,
            TransactionOperations transaction) {
        this.switches = switches;
        this.held = held;
        this.exports = exports;
        this.configuration = configuration;
        this.settings = settings;
        this.audit = audit;
        this.activity = activity;
        this.transaction = transaction;
    }

    /** The changes that wait in each direction of the project, whether it is off or asks. */
    Map<Direction, Long> waiting(String project) {
        Map<Direction, Long> waiting = new EnumMap<>(held.counts(project));
        waiting.put(Direction.EXPORT, exports.count(project));
        return waiting;
    }

    /** Called by the route. */
    void turn() {
        IntegrationSettings now = configuration.current();
        if (now.closed().isEmpty()) {
            return;
        }
        for (ProjectSettings project : now.projectsAtWork()) {
            List<Switch> asking = asking(project.key());
            if (!asking.isEmpty() && counted(project, asking)) {
                openIfFew(project.key(), asking);
            }
        }
    }

    private List<Switch> asking(String project) {
        return switches.of(project).stream()
                .filter(one -> one.state() == State.ASKING)
                .toList();
    }

    private boolean counted(ProjectSettings project, List<Switch> asking) {
        boolean all = true;
        boolean first = false;
        for (Switch one : asking) {
            if (!one.counted()) {
                boolean known = one.direction() == Direction.EXPORT || looked(project, one);
                all &= known;
                first |= known && switches.counted(one);
            }
        }
        if (all && first) {
            sayWhatWaits(project.key(), asking);
        }
        return all;
    }

    private boolean looked(ProjectSettings project, Switch one) {
        return switches.swept(one)
                .filter(swept -> held.unlooked(project, swept) == 0)
                .isPresent();
    }

    private void sayWhatWaits(String project, List<Switch> asking) {
        long count = count(project, asking);
        if (count >= settings.atLeast()) {
            log.warn(
                    "{}: after a pause this would make {} changes; they wait until a user agrees with POST"
                            + " projects/{}/catch-up",
                    project,
                    count,
                    project);
        }
    }

    private void openIfFew(String project, List<Switch> asking) {
        if (count(project, asking) >= settings.atLeast()) {
            return;
        }
        for (Switch one : asking) {
            if (switches.open(one)) {
                log.info(
                        "{}, {}: the bridge works again",
                        project,
                        one.direction().label());
                configuration.changed();
            }
        }
    }

    private long count(String project, List<Switch> asking) {
        Map<Direction, Long> waiting = waiting(project);
        return asking.stream()
                .mapToLong(one -> waiting.getOrDefault(one.direction(), 0L))
                .sum();
    }

    /**
     * What is made, or would be.
     *
     * @param confirmed if false, nothing was done and this is a preview
     * @param count the number of changes: to make them, send it as {@code confirm}
     * @param counted false while the bridge still looks at links, so that more may come
     * @param directions the number of changes in each direction that asks, such as {@code faraday-to-jira}
     * @param left held links that cannot follow the chosen side, because its status has no mapping
     */
    record Report(
            String project,
            boolean confirmed,
            long count,
            boolean counted,
            Map<String, Long> directions,
            long left,
            String message) {}

    /**
     * @param confirm the number of a report; null to get a report and do nothing
     * @param follow the side that the held links of directions that ask follow; null to let each side
     *     follow what the other has changed
     */
    Report agree(String project, @Nullable Long confirm, @Nullable Side follow, FaradayUser user) {
        Report report = Objects.requireNonNull(transaction.execute(status -> {
            List<Switch> asking = asking(project);
            Direction off = follow != null && isOff(project, follow.direction()) ? follow.direction() : null;
            Map<Direction, Long> waiting = waiting(project);
            Map<String, Long> directions = new TreeMap<>();
            asking.forEach(one -> directions.put(one.direction().label(), waiting.getOrDefault(one.direction(), 0L)));
            long count = directions.values().stream().mapToLong(Long::longValue).sum();
            boolean counted = asking.stream().allMatch(one -> one.counted() || one.direction() == Direction.EXPORT);
            if (asking.isEmpty() || confirm == null || !counted || off != null || differs(count, confirm)) {
                String message = off != null
                        ? "nothing was done: " + off.label() + " is off, so nothing can follow that way"
                        : ask(count, confirm, counted, asking.isEmpty());
                return new Report(project, false, count, counted, directions, 0, message);
            }
            long left = follow == null ? 0 : follow(project, asking, follow, user);
            asking.forEach(one -> switches.set(project, one.direction(), State.ON, user.username()));
            audit.record(
                    user.id(),
                    user.username(),
                    "projects." + project + ".catch_up",
                    null,
                    Json.MAPPER.valueToTree(Map.of("changes", count, "follow", follow == null ? "both" : follow)));
            return new Report(
                    project, true, count, counted, directions, left, "the bridge makes these changes, a few at a time");
        }));
        if (report.confirmed()) {
            configuration.changed();
        }
        return report;
    }

    private boolean isOff(String project, Direction direction) {
        return switches.of(project).stream().anyMatch(one -> one.direction() == direction && one.state() == State.OFF);
    }

    /** A few more or less is no reason to ask again, since people go on working meanwhile. */
    private static boolean differs(long count, long confirmed) {
        return Math.abs(count - confirmed) * 20 > confirmed;
    }

    private static String ask(long count, @Nullable Long confirm, boolean counted, boolean nothing) {
        if (nothing) {
            return "no direction of the project asks; nothing was done";
        }
        return "nothing was done: this would make " + count + " changes" + (confirm == null ? "" : ", not " + confirm)
                + (counted
                        ? ""
                        : " so far, and the bridge still asks Jira what changed and looks at links, so wait until"
                                + " counted is true")
                + ". Send \"confirm\": " + count + " to make them";
    }

    private long follow(String project, List<Switch> asking, Side side, FaradayUser user) {
        ProjectSettings configured = configuration.current().project(project).orElseThrow();
        long left = 0;
        List<Direction> directions = asking.stream().map(Switch::direction).toList();
        for (HeldLinks.Kind kind : held.kinds(project, directions)) {
            String target = side.target(kind.shown(), configured.mapping()).orElse(null);
            if (target == null) {
                left += kind.links();
                continue;
            }
            String correlation = UUID.randomUUID().toString();
            List<Activity.Subject> sent = new ArrayList<>();
            for (Sent link : held.follow(
                    project, kind, side.aloneMoved(kind.shown(), configured.mapping()), user.id(), correlation)) {
                sent.add(new Activity.Subject(correlation, link.vulnerabilityId(), link.issueKey()));
            }
            if (!sent.isEmpty()) {
                activity.recordAll(
                        Outcome.REPLAYED,
                        sent,
                        user.username() + " lets "
                                + (side == Side.JIRA ? "Faraday follow Jira" : "Jira follow Faraday")
                                + " after a pause: they show " + kind.shown() + ", and are to agree on '" + target
                                + "'",
                        user.id());
            }
        }
        return left;
    }
}
