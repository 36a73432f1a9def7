package io.faradaybridge.sandbox.jira;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a search can see: each version of an issue shows up only after a lag of its own. */
final class SearchIndex implements IssueStore.Listener {

    private record Version(Instant visible, SandboxIssue issue) {}

    private final Supplier<Duration> lag;
    private final Map<String, List<Version>> versions = new HashMap<>();

    SearchIndex(Supplier<Duration> lag) {
        this.lag = lag;
    }

    @Override
    public void created(SandboxIssue issue) {
        add(issue);
    }

    @Override
    public void changed(SandboxIssue before, SandboxIssue after) {
        add(after);
    }

    /** Indexed anew before the project can be used again. */
    @Override
    public synchronized void renamed(SandboxIssue after) {
        versions.computeIfPresent(
                after.id(),
                (id, history) -> new ArrayList<>(history.stream()
                        .map(version ->
                                new Version(version.visible(), version.issue().in(after.project(), after.key())))
                        .toList()));
    }

    @Override
    public synchronized void deleted(SandboxIssue issue) {
        versions.remove(issue.id());
    }

    private synchronized void add(SandboxIssue issue) {
        versions.computeIfAbsent(issue.id(), id -> new ArrayList<>())
                .add(new Version(Instant.now().plus(lag.get()), issue));
    }

    /** The newest visible version of every issue that has one. */
    synchronized List<SandboxIssue> visible() {
        Instant now = Instant.now();
        List<SandboxIssue> visible = new ArrayList<>();
        for (List<Version> history : versions.values()) {
            for (int i = history.size() - 1; i >= 0; i--) {
                if (!history.get(i).visible().isAfter(now)) {
                    visible.add(history.get(i).issue());
                    history.subList(0, i).clear();
                    break;
                }
            }
        }
        return visible;
    }
}
