package io.faradaybridge.jira.client;

import io.faradaybridge.jira.answers.IssueSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gets the pages of a search, one after the other. */
public interface PageReader {

    /** @param at Jira's clock when it answered, or null */
    void read(List<IssueSnapshot> issues, @Nullable Instant at);
}
