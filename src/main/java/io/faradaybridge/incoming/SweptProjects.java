package io.faradaybridge.incoming;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.KnownProjects;
import io.faradaybridge.configuration.KnownProjects.Known;
import io.faradaybridge.jira.IssueSnapshot;
import io.faradaybridge.jira.JiraProject;
import io.faradaybridge.link.ProjectRenames;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The projects that the sweep asks about: what Jira calls them now, and which of them it does not show. Those are left out, and
 * asked for again, so that one project without its permission does not stop the sweep of all.
 */
@Component
class SweptProjects {

    /** How often Jira is asked what it calls a project whose issues nobody touches. */
    private static final long ASKED_AGAIN_NANOS = Duration.ofHours(1).toNanos();

    /** The same where its id is not on record; as a rule a found issue has told it before. */
    private static final long UNKNOWN_ASKED_NANOS = Duration.ofMinutes(5).toNanos();

    private final ProjectRenames renames;
    private final KnownProjects known;
    private final IntegrationConfigurationSource configuration;
    private final Activity activity;
    private final long startedNanos = System.nanoTime();
    /** By {@link System#nanoTime}; by the project's key. */
    private final Map<String, Long> askedAt = new HashMap<>();

    private final Set<String> hidden = new TreeSet<>();

    SweptProjects(
            ProjectRenames renames,
            KnownProjects known,
            IntegrationConfigurationSource configuration,
            Activity activity) {
        this.renames = renames;
        this.known = known;
        this.configuration = configuration;
        this.activity = activity;
    }

    void catchUp() {
        renames.catchUp();
    }

    /** Those that are not known to be hidden. */
    List<String> shown(Collection<String> keys) {
        hidden.retainAll(keys);
        return keys.stream().filter(key -> !hidden.contains(key)).toList();
    }

    /** Asks about those that were not asked about for long. @return what is shown, as it is called now */
    Set<String> known(Collection<String> keys) {
        renames.mayBeBehind();
        Set<String> recorded = ids().keySet();
        Set<String> now = new TreeSet<>();
        for (String key : keys) {
            if (isDue(key, recorded.contains(key) ? ASKED_AGAIN_NANOS : UNKNOWN_ASKED_NANOS)) {
                ask(key).ifPresent(now::add);
            } else {
                now.add(key);
            }
        }
        return now;
    }

    /** The same of all of them. */
    Set<String> ask(Collection<String> keys) {
        Set<String> now = new TreeSet<>();
        keys.forEach(key -> ask(key).ifPresent(now::add));
        return now;
    }

    /** Those that are shown again are swept from the next time on, as far back as they were not. */
    void askAboutHidden() {
        List.copyOf(hidden).forEach(this::ask);
    }

    private boolean isDue(String key, long pause) {
        return System.nanoTime() - askedAt.getOrDefault(key, startedNanos) > pause;
    }

    private Optional<String> ask(String key) {
        Optional<JiraProject> found = renames.ask(key);
        askedAt.put(key, System.nanoTime());
        if (found.isPresent()) {
            hidden.remove(key);
            return configuration.current().atWork(key).map(project -> project.key());
        }
        if (hidden.add(key)) {
            activity.record(
                    Outcome.IGNORED,
                    UUID.randomUUID().toString(),
                    null,
                    null,
                    "Jira does not show project " + key
                            + " to the bridge's account: what changes there is not found, until the project is back"
                            + " and the account has the permission Browse Projects; the other projects go on",
                    null);
        }
        return Optional.empty();
    }

    /** By their ids, which outlive a renaming; where one is not known, by its key. */
    List<String> inJql(Collection<String> keys) {
        Map<String, String> ids = ids();
        Function<String, String> quoted = key -> '"' + key.replace("\"", "") + '"';
        return keys.stream()
                .map(key -> Optional.ofNullable(ids.get(key)).orElseGet(() -> quoted.apply(key)))
                .toList();
    }

    /** By the project's key. */
    private Map<String, String> ids() {
        return known.all(configuration.current().url()).stream()
                .collect(Collectors.toMap(Known::key, Known::id, (first, second) -> first));
    }

    void notice(List<IssueSnapshot> issues) {
        renames.notice(issues);
    }
}
