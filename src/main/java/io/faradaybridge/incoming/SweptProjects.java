package io.faradaybridge.incoming;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.configuration.HiddenProjects;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.KnownProjects;
import io.faradaybridge.configuration.KnownProjects.Known;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.JiraProject;
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
 * The projects that the sweep searches: their present keys, and which of them Jira hides from the bridge. Hidden
 * projects are left out and checked again, so that one project without its permission does not stop the whole sweep.
 */
@Component
class SweptProjects {

    /** How often Jira is asked for the present key of a project whose issues do not change. */
    private static final long ASKED_AGAIN_NANOS = Duration.ofHours(1).toNanos();

    /** The same for a project whose id is not stored yet. Usually an issue that was found has given the id before. */
    private static final long UNKNOWN_ASKED_NANOS = Duration.ofMinutes(5).toNanos();

    private final ProjectRenames renames;
    private final KnownProjects known;
    private final HiddenProjects hidden;
    private final IntegrationConfigurationSource configuration;
    private final Activity activity;
    private final long startedNanos = System.nanoTime();
    /** When Jira was last asked about a project, by its key, in the time of {@link System#nanoTime}. */
    private final Map<String, Long> askedAt = new HashMap<>();

    SweptProjects(
            ProjectRenames renames,
            KnownProjects known,
            HiddenProjects hidden,
            IntegrationConfigurationSource configuration,
            Activity activity) {
        this.renames = renames;
        this.known = known;
        this.hidden = hidden;
        this.configuration = configuration;
        this.activity = activity;
    }

    void catchUp() {
        renames.catchUp();
    }

    /** The projects that are not known to be hidden. Those that are not configured any more are forgotten. */
    List<String> shown(Collection<String> keys) {
        Set<String> hiddenNow = hidden.all();
        hiddenNow.stream().filter(key -> !keys.contains(key)).forEach(hidden::show);
        return keys.stream().filter(key -> !hiddenNow.contains(key)).toList();
    }

    /**
     * Asks Jira about the projects that it was not asked about for long. @return the present keys of those that it
     * shows
     */
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

    /** Asks Jira about all of the projects. @return the present keys of those that it shows */
    Set<String> ask(Collection<String> keys) {
        Set<String> now = new TreeSet<>();
        keys.forEach(key -> ask(key).ifPresent(now::add));
        return now;
    }

    /** A project that Jira shows again is part of the next sweep, which covers the whole time that it was hidden. */
    void askAboutHidden() {
        hidden.all().forEach(this::ask);
    }

    private boolean isDue(String key, long pause) {
        return System.nanoTime() - askedAt.getOrDefault(key, startedNanos) > pause;
    }

    private Optional<String> ask(String key) {
        Optional<JiraProject> found = renames.ask(key);
        askedAt.put(key, System.nanoTime());
        if (found.isPresent()) {
            hidden.show(key);
            return configuration.current().atWork(key).map(project -> project.key());
        }
        if (hidden.hide(key)) {
            activity.record(
                    Outcome.IGNORED,
                    UUID.randomUUID().toString(),
                    null,
                    null,
                    "Jira does not show project " + key
                            + " to the bridge's account, so the sweep finds no changes there. Restore the project, or"
                            + " give the account the permission Browse Projects; the other projects go on",
                    null);
        }
        return Optional.empty();
    }

    /**
     * The projects for a JQL query: by their ids, which a renaming does not change, or by key where the id is not
     * known.
     */
    List<String> inJql(Collection<String> keys) {
        Map<String, String> ids = ids();
        Function<String, String> quoted = key -> '"' + key.replace("\"", "") + '"';
        return keys.stream()
                .map(key -> Optional.ofNullable(ids.get(key)).orElseGet(() -> quoted.apply(key)))
                .toList();
    }

    /** The ids of the projects, by key. */
    private Map<String, String> ids() {
        return known.all(configuration.current().url()).stream()
                .collect(Collectors.toMap(Known::key, Known::id, (first, second) -> first));
    }

    void notice(List<IssueSnapshot> issues) {
        renames.notice(issues);
    }
}
